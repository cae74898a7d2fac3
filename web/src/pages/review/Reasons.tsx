import { formatCount } from "../../parts/numbers";
import classes from "./DecisionPanel.module.css";
import type { Finding } from "./types";

interface Props {
  reasons: Finding["reasons"];
  nTwins: number;
}

/** Why it is flagged, a sentence a check. */
export function Reasons({ reasons, nTwins }: Props) {
  return (
    <section>
      <h3 className={classes.heading}>Why</h3>
      {reasons.length === 0 && <p className={classes.soft}>No check found anything here.</p>}
      <ul className={classes.list}>
        {reasons.map(({ title, text }, at) => (
          <li key={at}>
            <strong>{title}</strong> {text}
          </li>
        ))}
      </ul>
      {nTwins > 0 && (
        <p className={classes.soft}>
          The decision also counts for{" "}
          {nTwins === 1 ? "one row that is" : `${formatCount(nTwins)} rows that are`} the same or nearly.
        </p>
      )}
    </section>
  );
}
