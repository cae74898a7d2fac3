import classes from "./DecisionPanel.module.css";
import type { RowDetail } from "./types";
import { wordOf } from "./words";

/** What was decided about the row so far, the newest first. */
export function DecisionList({ decisions }: { decisions: RowDetail["decisions"] }) {
  if (decisions.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>Decisions so far</h3>
      <ul className={classes.list}>
        {decisions.map((one) => (
          <li key={one.event_id}>
            {one.column ?? "whole row"}: {wordOf(one.kind)} {one.new ?? ""}{" "}
            <span className={classes.soft}>
              {one.by}, {new Date(one.at).toLocaleString("en-GB")}
            </span>
            {one.reason && <p className={classes.soft}>{one.reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
