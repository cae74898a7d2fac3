import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useKeyActions } from "../../keys/useKeys";
import { ConditionChips } from "../../parts/ConditionChips";
import { KeyHint } from "../../parts/KeyHint";
import { useAnnounce } from "../../parts/useAnnounce";
import { AddCondition } from "./AddCondition";
import classes from "./Conditions.module.css";
import { fieldsQuery } from "./fieldsQuery";
import { stepped, thresholdOf } from "./threshold";
import { DEFAULT_WHERE, type Address } from "./useAddress";

interface Props {
  project: string;
  address: Address;
}

/** The conditions that hold, each of which can be taken away, and the order of the rows. */
export function Conditions({ project, address: { where, sort, setWhere, setSort } }: Props) {
  const announce = useAnnounce();
  const fields = useQuery(fieldsQuery(project));
  const removeLast = where.length ? () => setWhere(where.slice(0, -1)) : undefined;
  const step = (by: -1 | 1) => {
    const next = stepped(where, by);
    const threshold = thresholdOf(next);
    setWhere(next, true);
    announce(threshold === null ? "Any score." : `Score below ${threshold}.`);
  };
  const hasScore = fields.data?.some(({ field }) => field === "score") ?? false;
  useKeyActions({
    removeFilter: removeLast,
    thresholdDown: hasScore ? () => step(-1) : undefined,
    thresholdUp: hasScore ? () => step(1) : undefined,
  });

  const orders = (fields.data ?? []).flatMap(({ field, title }) => [
    { value: field, label: `${title}, low first` },
    { value: `-${field}`, label: `${title}, high first` },
  ]);
  const known = sort === "worst" || orders.some(({ value }) => value === sort);
  return (
    <div className={classes.conditions}>
      <ConditionChips where={where} onChange={setWhere} />
      {removeLast && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={removeLast}
          rightSection={<KeyHint action="removeFilter" />}
        >
          Remove the last
        </Button>
      )}
      {where.join("\n") !== DEFAULT_WHERE.join("\n") && (
        <Button size="compact-xs" variant="subtle" onClick={() => setWhere(DEFAULT_WHERE)}>
          Open findings only
        </Button>
      )}
      <AddCondition
        fields={fields.data ?? []}
        onAdd={(one) => !where.includes(one) && setWhere([...where, one])}
      />
      {hasScore && (
        <div className={classes.threshold} role="group" aria-label="Threshold of the score">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => step(-1)}
            rightSection={<KeyHint action="thresholdDown" />}
          >
            Lower
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={thresholdOf(where) === null}
            onClick={() => step(1)}
            rightSection={<KeyHint action="thresholdUp" />}
          >
            Higher
          </Button>
          <span>{thresholdOf(where) === null ? "any score" : `score < ${thresholdOf(where) ?? ""}`}</span>
        </div>
      )}
      <NativeSelect
        label="Order"
        size="xs"
        value={sort}
        onChange={(event) => setSort(event.currentTarget.value)}
        data={[
          { value: "worst", label: "Worst first" },
          ...(known ? [] : [{ value: sort, label: sort }]),
          ...orders,
        ]}
      />
    </div>
  );
}
