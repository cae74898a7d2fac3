import { useRef } from "react";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";
import classes from "./DecisionPanel.module.css";
import { NearList } from "./NearList";
import type { Finding, ProjectState, RowDetail } from "./types";

interface Props {
  project: string;
  media: ProjectState["media"];
  nearest: RowDetail["nearest"];
  finding: Finding;
  onOpen: (row: number) => void;
}

/** The rows that lie closest, and good rows of both labels to hold the row against. */
export function NearRows({ nearest, finding, ...list }: Props) {
  const rows = useRef<HTMLUListElement>(null);
  const focusFirst = () => rows.current?.querySelector("button")?.focus();
  useKeyActions({ similar: nearest.length > 0 ? focusFirst : undefined });
  return (
    <>
      {nearest.length > 0 && (
        <section aria-label="Nearest rows">
          <h3 className={classes.heading}>
            Nearest rows <KeyHint action="similar" />
          </h3>
          <NearList {...list} ref={rows} near={nearest} finding={finding} />
        </section>
      )}
      {finding.prototypes.length > 0 && (
        <section aria-label="Good examples">
          <h3 className={classes.heading}>Good examples of both labels</h3>
          <p className={classes.soft}>The nearest among rows in which nothing was found.</p>
          <NearList {...list} near={finding.prototypes} finding={finding} />
        </section>
      )}
    </>
  );
}
