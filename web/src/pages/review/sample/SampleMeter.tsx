import { formatCount } from "../../../parts/numbers";
import classes from "./Sample.module.css";
import type { Sample } from "./types";

/** How many answers there are, and how well wrong labels are known now and at the next number worth reaching. */
export function SampleMeter({ sample }: { sample: Sample }) {
  const { n_judged, goal } = sample;
  const said = `${formatCount(n_judged)} of ${formatCount(goal)} answered`;
  return (
    <div className={classes.progress}>
      <meter className={classes.meter} aria-label={said} min={0} max={Math.max(1, goal)} value={n_judged} />
      <p>
        <strong>{said}</strong>
        {knownOf(sample)}
      </p>
    </div>
  );
}

function knownOf({ n_judged, goal, within, reckoning, rate }: Sample): string {
  if (!reckoning) return "";
  const all = formatCount(reckoning.n_labeled);
  if (n_judged >= goal) return "; every label was looked at.";
  if (rate === null)
    return `; then the number of wrong labels is known to within about ${formatCount(within)} of ${all}.`;
  const now = Math.round((reckoning.high - reckoning.low) / 2);
  return `; wrong labels are known to within ${formatCount(now)} of ${all} now, to within about ${formatCount(within)} then.`;
}
