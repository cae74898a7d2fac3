import type { RowLine } from "./types";

interface PageColumn {
  readonly name: string;
  readonly role: string;
}

export interface TableColumn {
  readonly title: string;
  /** Which field it sorts by. */
  readonly field: string;
  /** In rem, at least. */
  readonly width: number;
  /** How much of the room that is left it takes. */
  readonly grow: number;
  /** Which of a line's cells it shows; none for columns of ours. */
  readonly cell?: number;
  readonly role?: string;
  readonly isNumber?: boolean;
}

const GAP = 0.6;
const PADDING = 1.5;
const MARK = 1.25;
const ROW: TableColumn = { title: "Row", field: "", width: 3.25, grow: 0, isNumber: true };
const LABEL: TableColumn = { title: "Label", field: "given", width: 7.5, grow: 1 };
const SCORE: TableColumn = { title: "Score", field: "score", width: 4, grow: 0, isNumber: true };
const DECISION: TableColumn = { title: "Decision", field: "decision", width: 5.5, grow: 0.6 };
const WIDTHS: Record<string, readonly [width: number, grow: number]> = {
  image: [3.5, 0],
  audio: [7, 0],
  number: [5, 0.3],
  text: [5.5, 3],
};

/** The columns of a table this wide: ours, and as many of the data's as can be read beside them. */
export function tableColumns(data: readonly PageColumn[], width: number, hasLabel: boolean): TableColumn[] {
  const first = hasLabel ? [ROW, LABEL] : [ROW];
  const ours = [...first, SCORE, DECISION];
  let left = width - PADDING - MARK - ours.reduce((sum, column) => sum + column.width + GAP, 0);
  const fitting: TableColumn[] = [];
  for (const [cell, { name, role }] of data.entries()) {
    const [least, grow] = WIDTHS[role] ?? [6, 0.6];
    left -= least + GAP;
    if (left < 0) break;
    const field = `column:${name}`;
    fitting.push({ title: name, field, width: least, grow, cell, role, isNumber: role === "number" });
  }
  return [...first, ...fitting, SCORE, DECISION];
}

/** The widths as CSS has them. */
export function gridTemplate(columns: readonly TableColumn[]): string {
  const widths = columns.map(({ width, grow }) =>
    grow > 0 ? `minmax(${width}rem, ${grow}fr)` : `${width}rem`,
  );
  return [`${MARK}rem`, ...widths].join(" ");
}

/** The cell of a line as an example's cell, as views of examples take it. */
export function cellOf(line: RowLine, column: TableColumn) {
  return { name: column.title, role: column.role ?? "", text: line.cells[column.cell ?? -1] ?? "" };
}
