import { useState } from "react";
import { useSettings } from "../../app/settings";
import { useKeyActions } from "../../keys/useKeys";
import { choicesOf, valuesOf } from "./choices";
import { acceptOf, choiceOf, repeatOf } from "./decide";
import type { PanelProps } from "./DecisionPanel";
import type { Decided, RowLine } from "./types";

/** Which finding of a row is in front, what can be done about it, and the keys that do it. */
export function usePanel(
  { state, detail, line, pending, deciding }: PanelProps,
  opening: { zoom: () => void; label: () => void },
) {
  const { findings } = detail;
  const { numbering } = useSettings();
  const decided = new Set([
    ...detail.decisions.map((one) => one.column),
    ...pending.filter((one) => one.row === line.row && one.kind !== "comment").map((one) => one.column),
  ]);
  const [picked, setPicked] = useState<number | null>(null);
  const firstOpen = Math.max(
    0,
    findings.findIndex(({ column }) => !decided.has(column)),
  );
  const finding = findings[picked ?? firstOpen];
  const column = finding?.column ?? null;
  const { move } = deciding;
  const choices = finding ? choicesOf(finding, state, numbering) : [];

  const make = (made: Decided | null | undefined) => {
    if (!finding || !made || deciding.mustAsk(line)) return;
    const others = findings.filter((one) => one !== finding && !decided.has(one.column));
    // The next one by its place: what was decided counts as such only once the details are there again.
    setPicked(others[0] ? findings.indexOf(others[0]) : null);
    deciding.decide(line, finding, made, others.length === 0 || made.kind === "exclude");
  };
  /** Decide, or take the same decision back where it stands. */
  const toggle = (made: Decided) => {
    if (stands(line, made)) deciding.withdraw(line, made.column);
    else make(made);
  };
  const choose = (value: string | undefined) =>
    make(finding && value !== undefined ? choiceOf(finding, state.label, value) : null);
  const ifAny = (made: Decided | null) => (made ? () => make(made) : undefined);

  const actions = {
    accept: ifAny(finding ? acceptOf(finding, state.label) : null),
    keep: () => make({ kind: "keep", column }),
    exclude: () => toggle({ kind: "exclude", column: null }),
    needsReview: () => toggle({ kind: "needs_review", column }),
    none: () => make({ kind: "neither_right", column }),
    label: column === null ? undefined : opening.label,
    repeat: ifAny(finding ? repeatOf(deciding.last, finding, state.label) : null),
    undo: () => {
      setPicked(null);
      deciding.undo();
    },
    redo: deciding.redo,
    ...(deciding.skip && { skip: deciding.skip }),
    ...(move && { next: () => move(1), previous: () => move(-1) }),
    zoom: opening.zoom,
  };
  useKeyActions({ ...actions, rank: (chord) => choose(choices[Number(chord) - 1]?.value) });

  return {
    finding,
    decided,
    pick: setPicked,
    actions,
    choices,
    values: finding ? valuesOf(finding, state) : [],
    choose,
  };
}

function stands({ decision }: RowLine, made: Decided): boolean {
  return decision?.kind === made.kind && decision.column === made.column;
}
