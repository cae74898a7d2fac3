import { rowsPath } from "../../app/rowsPath";
import { formatCount } from "../../parts/numbers";
import { StatNumber } from "../../parts/StatNumber";
import { formatDuration } from "../../parts/time";
import classes from "./OverviewPage.module.css";
import { rangeOf, shareOf } from "./range";
import type { Overview, Reckoning } from "./types";

/** How much looks wrong, how much of it was found, what is left, and how long a look at it takes. */
export function Numbers({ project, overview }: { project: string; overview: Overview }) {
  const { reckoning, progress, seconds, n_rows } = overview;
  const to = (where: string[]) => rowsPath(project, where);
  return (
    <ul className={classes.numbers} aria-label="In numbers">
      {reckoning && (
        <>
          <li>
            <StatNumber
              value={rangeOf(reckoning.low, reckoning.high)}
              label={`of ${formatCount(reckoning.n_labeled)} labels ${reckoning.is_reviewed ? "are" : "look"} wrong`}
              note={basisOf(reckoning)}
              to={to(["check=wrong_label"])}
            />
          </li>
          <li>
            <StatNumber
              value={formatCount(reckoning.n_found)}
              label="found wrong by people so far"
              note={`${rangeOf(reckoning.left_low, reckoning.left_high)} left by the estimate`}
              to={to(["decision=relabel", "decision=neither_right"])}
            />
          </li>
        </>
      )}
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

function basisOf({ low, high, n_labeled, is_reviewed, n_judged, n_needed }: Reckoning): string {
  const share = shareOf(low, high, n_labeled);
  if (is_reviewed) return `${share}, 95 % interval by ${formatCount(n_judged)} rows drawn at random`;
  return `${share}, the range of four estimates; an interval after ${n_needed} answers to rows drawn at random, ${formatCount(n_judged)} so far`;
}
