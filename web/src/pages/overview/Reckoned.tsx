import { rowsPath } from "../../app/rowsPath";
import { formatCount } from "../../parts/numbers";
import { StatNumber } from "../../parts/StatNumber";
import { rangeOf, shareOf } from "./range";
import type { Reckoning } from "./types";

/** How many labels are wrong by what is known at the moment, how many of them were found, and how many are left. */
export function Reckoned({ project, reckoning }: { project: string; reckoning: Reckoning }) {
  const { low, high, n_labeled, n_found, left_low, left_high, is_reviewed } = reckoning;
  return (
    <>
      <li>
        <StatNumber
          value={rangeOf(low, high)}
          label={`of ${formatCount(n_labeled)} labels ${is_reviewed ? "are" : "look"} wrong`}
          note={basisOf(reckoning)}
          to={rowsPath(project, ["check=wrong_label"])}
        />
      </li>
      <li>
        <StatNumber
          value={formatCount(n_found)}
          label="found wrong by people so far"
          note={`${rangeOf(left_low, left_high)} left by the estimate`}
          to={rowsPath(project, ["decision=relabel", "decision=neither_right"])}
        />
      </li>
    </>
  );
}

function basisOf({ low, high, n_labeled, is_reviewed, n_judged, n_needed }: Reckoning): string {
  const share = shareOf(low, high, n_labeled);
  if (is_reviewed) return `${share}, 95 % interval by ${formatCount(n_judged)} rows drawn at random`;
  return `${share}, the range of four estimates; an interval after ${n_needed} answers to rows drawn at random, ${formatCount(n_judged)} so far`;
}
