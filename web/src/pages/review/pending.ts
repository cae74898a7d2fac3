import type { DecisionIn, RowLine } from "./types";

/** Comments decide nothing. */
export const isDecision = ({ kind }: DecisionIn) => kind !== "comment";

/** A line as it will be once the server has the decision. */
export function withPending(line: RowLine, made: DecisionIn | undefined): RowLine {
  if (!made) return line;
  const { id, kind, column, reason } = made;
  const decision = {
    event_id: id,
    at: "",
    by: "",
    kind,
    column,
    old: line.given,
    new: made.new ?? null,
    reason,
  };
  return { ...line, decision };
}
