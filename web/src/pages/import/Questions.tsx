import { NativeSelect } from "@mantine/core";
import type { Choices, Preview, Task } from "./choices";
import classes from "./ImportPage.module.css";

const TASKS: readonly { value: Task; label: string }[] = [
  { value: "binary", label: "one of two classes" },
  { value: "multiclass", label: "one of several classes" },
  { value: "multilabel", label: "several classes at once" },
  { value: "regression", label: "a number" },
];

interface Props {
  preview: Preview;
  choices: Choices;
  label: string | null;
  onChange: (choices: Choices) => void;
}

/** Which column is the label, and what it asks for. */
export function Questions({ preview, choices, label, onChange }: Props) {
  const others = preview.columns.map(({ name }) => name).filter((name) => !preview.candidates.includes(name));
  const guess = TASKS.find(({ value }) => value === preview.task);
  return (
    <div className={classes.questions}>
      <NativeSelect
        label="The label, whose errors are looked for"
        value={label ?? ""}
        onChange={({ currentTarget: { value } }) => onChange({ ...choices, label: value, task: null })}
      >
        <option value="">No label: only outliers, duplicates and wrong cells</option>
        {preview.candidates.length > 0 && (
          <optgroup label="Likely">
            {preview.candidates.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </optgroup>
        )}
        {others.length > 0 && (
          <optgroup label="Other columns">
            {others.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </optgroup>
        )}
      </NativeSelect>
      {label !== null && (
        <NativeSelect
          label="It says"
          value={choices.task ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...choices, task: value === "" ? null : (value as Task) })
          }
        >
          <option value="">{guess ? `${guess.label} (it looks so)` : "what it looks like"}</option>
          {TASKS.map(({ value, label: words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
