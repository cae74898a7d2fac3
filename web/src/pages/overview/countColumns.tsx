import { formatShare } from "../../parts/numbers";
import type { TableColumn } from "../../parts/SortableTable";
import { RowsLink } from "./RowsLink";

interface Counted {
  readonly n_rows: number;
  readonly n_flagged: number;
  readonly n_open: number;
}

interface What<Row> {
  project: string;
  nameOf: (row: Row) => string;
  /** The condition of all rows that are counted. */
  whereOf: (row: Row) => string;
  /** The condition of those that are flagged, and what they are called. */
  flagged: { where: string; noun: string };
}

/** How many rows there are, are flagged, and are open, each leading to them, and what part is flagged. */
export function countColumns<Row extends Counted>(what: What<Row>): TableColumn<Row>[] {
  const { where, noun } = what.flagged;
  const counted = (title: string, n: (row: Row) => number, conditions: string[], of: string) => ({
    title,
    isNumber: true,
    value: n,
    show: (row: Row) => (
      <RowsLink
        project={what.project}
        n={n(row)}
        where={[what.whereOf(row), ...conditions]}
        of={`${of} of ${what.nameOf(row)}`}
      />
    ),
  });
  const part = ({ n_flagged, n_rows }: Counted) => n_flagged / Math.max(n_rows, 1);
  return [
    counted("Rows", ({ n_rows }) => n_rows, [], "rows"),
    counted("Flagged", ({ n_flagged }) => n_flagged, [where], `flagged ${noun}`),
    { title: "Part", isNumber: true, value: part, show: (row) => formatShare(part(row)) },
    counted("Open", ({ n_open }) => n_open, [where, "decision=open"], `open ${noun}`),
  ];
}
