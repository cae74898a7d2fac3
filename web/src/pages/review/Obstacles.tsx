import { Button } from "@mantine/core";
import type { components } from "../../api/schema";
import { EmptyState } from "../../parts/EmptyState";
import { formatCount } from "../../parts/numbers";

interface Props {
  where: readonly string[];
  /** Each condition with the rows that there are without it, most rows first. */
  without: readonly components["schemas"]["LoosenedOut"][];
  setWhere: (where: readonly string[]) => void;
}

/** No row fulfils the conditions: which of them to take away, and how many rows there are then. */
export function Obstacles({ where, without, setWhere }: Props) {
  const helping = without.filter(({ n }) => n > 0);
  return (
    <EmptyState
      title="No row fulfils these conditions"
      actions={
        helping.length > 0 ? (
          helping.map(({ condition, n }) => (
            <Button
              key={condition}
              variant="default"
              onClick={() => setWhere(where.filter((one) => one !== condition))}
            >
              Remove {condition}: {formatCount(n)} {n === 1 ? "row" : "rows"}
            </Button>
          ))
        ) : (
          <Button variant="default" onClick={() => setWhere([])}>
            Remove all conditions
          </Button>
        )
      }
    >
      {helping.length > 0
        ? "Without one of them there are rows."
        : "No single one of them is in the way: take several away."}
    </EmptyState>
  );
}
