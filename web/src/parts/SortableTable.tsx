import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { formatCount } from "./numbers";
import classes from "./SortableTable.module.css";

export interface TableColumn<Row> {
  readonly title: string;
  /** What the rows are sorted by, and what is shown where there is no `show`; null comes last. */
  readonly value: (row: Row) => string | number | null;
  readonly show?: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What a row is called in the plural: "classes". */
  noun: string;
  /** The column by which the rows are sorted at first, the highest first. */
  sortedBy?: number;
  /** So many rows are shown until all are asked for. */
  most?: number;
}

interface Order {
  readonly column: number;
  readonly isDescending: boolean;
}

/** A table whose columns can be sorted by their heads; the first column names the row. */
export function SortableTable<Row>({ caption, columns, rows, keyOf, noun, sortedBy, most = 12 }: Props<Row>) {
  const [order, setOrder] = useState<Order | null>(
    sortedBy === undefined ? null : { column: sortedBy, isDescending: true },
  );
  const [isWhole, setIsWhole] = useState(false);
  const by = order === null ? undefined : columns[order.column];
  const sorted =
    order === null || by === undefined
      ? rows
      : rows.toSorted((a, b) => compared(by.value(a), by.value(b), order.isDescending));
  const shown = isWhole ? sorted : sorted.slice(0, most);
  const sortBy = (column: number, isNumber: boolean) =>
    setOrder((before) => ({
      column,
      isDescending: before?.column === column ? !before.isDescending : isNumber,
    }));

  return (
    <div className={classes.wide}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber = false }, column) => (
              <th
                key={title}
                scope="col"
                className={isNumber ? classes.number : undefined}
                aria-sort={
                  order?.column === column ? (order.isDescending ? "descending" : "ascending") : "none"
                }
              >
                <button type="button" className={classes.sort} onClick={() => sortBy(column, isNumber)}>
                  {title}
                  <span aria-hidden="true" className={classes.arrow}>
                    {order?.column === column ? (order.isDescending ? "↓" : "↑") : ""}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, place) => {
                const Cell = place === 0 ? "th" : "td";
                return (
                  <Cell
                    key={column.title}
                    scope={place === 0 ? "row" : undefined}
                    className={column.isNumber ? classes.number : undefined}
                  >
                    {column.show ? column.show(row) : (column.value(row) ?? "–")}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && (
        <Button variant="subtle" size="compact-sm" onClick={() => setIsWhole((before) => !before)}>
          {isWhole ? `Show the first ${most} ${noun}` : `Show all ${formatCount(rows.length)} ${noun}`}
        </Button>
      )}
    </div>
  );
}

function compared(a: string | number | null, b: string | number | null, isDescending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const way = isDescending ? -1 : 1;
  return way * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
}
