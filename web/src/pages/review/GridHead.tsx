import { useQuery } from "@tanstack/react-query";
import { fieldsQuery } from "./fieldsQuery";
import classes from "./RowGrid.module.css";
import type { TableColumn } from "./tableColumns";
import type { Address } from "./useAddress";

interface Props {
  project: string;
  columns: readonly TableColumn[];
  address: Address;
}

/** The names of the columns; a click sorts by one, low first, then high first, then the worst first again. */
export function GridHead({ project, columns, address: { sort, setSort } }: Props) {
  const fields = useQuery(fieldsQuery(project));
  const sortable = new Set(fields.data?.map(({ field }) => field));
  const order = (field: string) =>
    sort === field ? "ascending" : sort === `-${field}` ? "descending" : undefined;
  const nextOf = (field: string) =>
    ({ ascending: `-${field}`, descending: "worst", none: field })[order(field) ?? "none"];
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      <span role="columnheader" className={classes.mark} aria-label="Selected" />
      {columns.map(({ title, field, isNumber }) => (
        <span
          key={title}
          role="columnheader"
          aria-sort={order(field)}
          className={`${classes.cell ?? ""} ${isNumber ? (classes.number ?? "") : ""}`}
        >
          {sortable.has(field) ? (
            <button type="button" className={classes.sort} onClick={() => setSort(nextOf(field))}>
              {title}
              {order(field) && <span aria-hidden="true">{order(field) === "ascending" ? " ↑" : " ↓"}</span>}
            </button>
          ) : (
            title
          )}
        </span>
      ))}
    </div>
  );
}
