import { Button } from "@mantine/core";
import { useState } from "react";
import { useKeyActions } from "../../keys/useKeys";
import { formatCount } from "../../parts/numbers";
import { acceptOf, choiceOf } from "./decide";
import { Choices } from "./Choices";
import { DecisionButtons } from "./DecisionButtons";
import { DecisionList } from "./DecisionList";
import classes from "./DecisionPanel.module.css";
import { NearRows } from "./NearRows";
import { Reasons } from "./Reasons";
import { RowContent } from "./RowContent";
import type { Decided, DecisionIn, Finding, ProjectState, RowDetail, RowLine } from "./types";
import { Verdict } from "./Verdict";

interface Props {
  project: string;
  state: ProjectState;
  detail: RowDetail;
  /** The row as it is now, with what was just decided. */
  line: RowLine;
  pending: readonly DecisionIn[];
  onDecide: (line: RowLine, finding: Finding, made: Decided, isLast: boolean) => void;
  onUndo: () => void;
  onRedo: () => void;
  onMove: (by: number) => void;
  onSkip: () => void;
  onOpen: (row: number) => void;
}

/** One row: what it is, what looks wrong and why, and what to do about it. */
export function DecisionPanel(props: Props) {
  const { project, state, detail, line, pending, onDecide, onOpen } = props;
  const { findings } = detail;
  const decided = new Set([
    ...detail.decisions.map((one) => one.column),
    ...pending.filter((one) => one.row === line.row).map((one) => one.column),
  ]);
  const [picked, setPicked] = useState<number | null>(null);
  const firstOpen = Math.max(
    0,
    findings.findIndex(({ column }) => !decided.has(column)),
  );
  const finding = findings[picked ?? firstOpen];

  const make = (made: Decided | null | undefined) => {
    if (!finding || !made) return;
    const others = findings.filter((one) => one !== finding && !decided.has(one.column));
    // The next one by its place: what was decided counts as such only once the details are there again.
    setPicked(others[0] ? findings.indexOf(others[0]) : null);
    onDecide(line, finding, made, others.length === 0 || made.kind === "exclude");
  };
  const column = finding?.column ?? null;
  const accepted = finding ? acceptOf(finding, state.label) : null;
  const actions = {
    accept: accepted ? () => make(accepted) : undefined,
    keep: () => make({ kind: "keep", column }),
    exclude: () => make({ kind: line.decision?.kind === "exclude" ? "keep" : "exclude", column: null }),
    needsReview: () => make({ kind: "needs_review", column }),
    none: () => make({ kind: "neither_right", column }),
    skip: props.onSkip,
    undo: () => {
      setPicked(null);
      props.onUndo();
    },
    redo: props.onRedo,
    next: () => props.onMove(1),
    previous: () => props.onMove(-1),
  };
  const choose = (value: string | undefined) =>
    make(finding && value !== undefined ? choiceOf(finding, state.label, value) : null);
  useKeyActions({ ...actions, rank: (chord) => choose(finding?.choices[Number(chord) - 1]?.value) });

  if (!finding) return null;
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>
        Row {formatCount(line.row)} <small>{line.id}</small>
      </h2>
      <RowContent project={project} row={line.row} cells={detail.cells} media={state.media} />
      {findings.length > 1 && (
        <div className={classes.findings} role="group" aria-label="Findings of this row">
          {findings.map((one, at) => (
            <Button
              key={one.column ?? ""}
              size="compact-xs"
              variant={one === finding ? "filled" : "default"}
              aria-pressed={one === finding}
              onClick={() => setPicked(at)}
            >
              {decided.has(one.column) ? "✓ " : ""}
              {one.column ?? "whole row"}
            </Button>
          ))}
        </div>
      )}
      <Verdict finding={finding} decision={line.decision} />
      <DecisionButtons actions={actions} isExcluded={line.decision?.kind === "exclude"} />
      <Choices choices={finding.choices} given={finding.given} onChoose={choose} />
      <Reasons reasons={finding.reasons} nTwins={finding.twins.length} />
      <NearRows project={project} media={state.media} nearest={detail.nearest} onOpen={onOpen} />
      <DecisionList decisions={detail.decisions} />
    </div>
  );
}
