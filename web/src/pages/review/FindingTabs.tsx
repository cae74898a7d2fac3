import { Button } from "@mantine/core";
import classes from "./DecisionPanel.module.css";
import type { Finding } from "./types";

interface Props {
  findings: readonly Finding[];
  shown: Finding;
  /** The columns about which something was decided; null is the whole row. */
  decided: ReadonlySet<string | null>;
  onPick: (at: number) => void;
}

/** What may be decided about the row, where there is more than one thing. */
export function FindingTabs({ findings, shown, decided, onPick }: Props) {
  if (findings.length < 2) return null;
  return (
    <div className={classes.findings} role="group" aria-label="Findings of this row">
      {findings.map((one, at) => (
        <Button
          key={one.column ?? ""}
          size="compact-xs"
          variant={one === shown ? "filled" : "default"}
          aria-pressed={one === shown}
          onClick={() => onPick(at)}
        >
          {decided.has(one.column) ? "✓ " : ""}
          {one.column ?? "whole row"}
        </Button>
      ))}
    </div>
  );
}
