import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";
import classes from "./Conditions.module.css";
import { dataOf } from "../../api/dataOf";
import { DEFAULT_WHERE, type Address } from "./useAddress";

interface Props {
  project: string;
  address: Address;
}

/** The conditions that hold, each of which can be taken away, and the order of the rows. */
export function Conditions({ project, address: { where, sort, setWhere, setSort } }: Props) {
  const fields = useQuery({
    queryKey: ["review-fields", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/fields", { params: { path: { project } } })),
  });
  const removeLast = where.length ? () => setWhere(where.slice(0, -1)) : undefined;
  useKeyActions({ removeFilter: removeLast });

  const orders = (fields.data ?? []).flatMap(({ field, title }) => [
    { value: field, label: `${title}, low first` },
    { value: `-${field}`, label: `${title}, high first` },
  ]);
  const known = sort === "worst" || orders.some(({ value }) => value === sort);
  return (
    <div className={classes.conditions}>
      <ul className={classes.list} aria-label="Conditions">
        {where.map((one) => (
          <li key={one}>
            <button
              type="button"
              className={classes.chip}
              aria-label={`Take away the condition ${one}`}
              onClick={() => setWhere(where.filter((other) => other !== one))}
            >
              {one} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
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
