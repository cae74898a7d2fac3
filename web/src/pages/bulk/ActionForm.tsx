import { Checkbox, NativeSelect, Radio } from "@mantine/core";
import classes from "./BulkPage.module.css";
import { ACTIONS, mergedOf, type Action, type Plan } from "./scope";

const WORDS: Record<Action, [name: string, does: string]> = {
  accept: ["Accept the suggestions", "Each row gets the label that is suggested for it."],
  relabel: ["Set one class", "All rows get the same label."],
  merge: ["Merge a class into another", "All rows of a class get the label of another."],
  keep: ["Mark as right", "What is given stays and is no longer asked about."],
  exclude: ["Exclude", "The rows are left out of the corrected data."],
};

interface Props {
  plan: Plan;
  labels: readonly string[];
  onChange: (change: Partial<Plan>) => void;
}

/** What becomes of the rows. */
export function ActionForm({ plan, labels, onChange }: Props) {
  const merged = mergedOf(plan.where);
  const optionsOf = (names: readonly string[]) => [
    { value: "", label: "Choose a class" },
    ...names.map((name) => ({ value: name, label: name })),
  ];
  return (
    <div className={classes.form}>
      <Radio.Group
        aria-label="What becomes of the rows"
        value={plan.action}
        onChange={(action) => onChange({ action: action })}
      >
        <div className={classes.choices}>
          {ACTIONS.filter((action) => labels.length > 0 || action === "exclude").map((action) => (
            <Radio key={action} value={action} label={WORDS[action][0]} description={WORDS[action][1]} />
          ))}
        </div>
      </Radio.Group>
      {plan.action === "merge" && (
        <NativeSelect
          label="Merge this class"
          value={merged ?? ""}
          onChange={(event) =>
            onChange({ where: [`given=${event.currentTarget.value}`], rows: [], top: null })
          }
          data={optionsOf(labels)}
        />
      )}
      {(plan.action === "relabel" || plan.action === "merge") && (
        <NativeSelect
          label={plan.action === "merge" ? "Into this class" : "Set this class"}
          value={plan.value}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
          data={optionsOf(labels.filter((name) => plan.action !== "merge" || name !== merged))}
        />
      )}
      <Checkbox
        label="Change rows of a test split as well"
        description="They measure models, so they are left alone unless you say so."
        checked={plan.includeTest}
        onChange={(event) => onChange({ includeTest: event.currentTarget.checked })}
      />
    </div>
  );
}
