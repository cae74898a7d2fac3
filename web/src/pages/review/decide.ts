import type { Decided, DecisionIn, Finding, RowLine } from "./types";

/** What W does: relabel, set the cell, or leave the row out; null where nothing is suggested. */
export function acceptOf(finding: Finding, label: string | null): Decided | null {
  if (finding.column === null) return { kind: "exclude", column: null };
  return finding.suggested === null ? null : choiceOf(finding, label, finding.suggested);
}

/** Choosing a value for the cell; the one that is given is kept. */
export function choiceOf({ column, given }: Finding, label: string | null, value: string): Decided {
  if (value === given) return { kind: "keep", column };
  return { kind: column === label ? "relabel" : "set_cell", column, new: value };
}

/** The last decision, said of another finding; null where it cannot be said. */
export function repeatOf(last: Decided | null, finding: Finding, label: string | null): Decided | null {
  if (last === null || last.kind === "comment") return null;
  if (last.new != null) return finding.column === null ? null : choiceOf(finding, label, last.new);
  return { kind: last.kind, column: last.kind === "exclude" ? null : finding.column };
}

/** A decision as it is sent, with an id of its own. */
export function decisionOf({ row, id }: RowLine, finding: Finding, made: Decided): DecisionIn {
  return {
    id: crypto.randomUUID().replaceAll("-", ""),
    row,
    row_id: id,
    column: made.column,
    kind: made.kind,
    new: made.new ?? null,
    reason: made.reason ?? "",
    stream: finding.stream,
    twins: finding.twins,
  };
}
