import { rowsPath } from "../../app/rowsPath";
import { formatCount } from "../../parts/numbers";
import { StatNumber } from "../../parts/StatNumber";
import { formatDuration } from "../../parts/time";
import classes from "./OverviewPage.module.css";
import { shareOf } from "./range";
import { Reckoned } from "./Reckoned";
import type { Overview } from "./types";

/** How much looks wrong, how much of it was found, what is left, and how long a look at it takes. */
export function Numbers({ project, overview }: { project: string; overview: Overview }) {
  const { reckoning, progress, seconds, n_rows } = overview;
  const to = (where: string[]) => rowsPath(project, where);
  return (
    <ul className={classes.numbers} aria-label="In numbers">
      {reckoning && <Reckoned project={project} reckoning={reckoning} />}
      <li>
        <StatNumber
          value={formatCount(progress.n_open)}
          label={progress.n_open === 1 ? "flagged row to look at" : "flagged rows to look at"}
          note={
            progress.n_open
              ? `about ${formatDuration(seconds)} at 8 seconds a row; ${formatCount(progress.n_decided)} rows decided`
              : `all ${formatCount(progress.n_flagged)} were looked at`
          }
          to={to(["flagged=yes", "decision=open"])}
        />
      </li>
      <li>
        <StatNumber
          value={formatCount(n_rows - progress.n_flagged)}
          label={`of ${formatCount(n_rows)} rows not flagged`}
          note={`${shareOf(n_rows - progress.n_flagged, n_rows - progress.n_flagged, n_rows)}: no check found an error`}
          to={to(["flagged=no"])}
        />
      </li>
    </ul>
  );
}
