import classes from "./DecisionPanel.module.css";
import type { RowDetail } from "./types";

/** What people said of the row, the newest first. */
export function CommentList({ comments }: { comments: RowDetail["comments"] }) {
  if (comments.length === 0) return null;
  return (
    <section aria-label="Comments">
      <h3 className={classes.heading}>Comments</h3>
      <ul className={classes.list}>
        {comments.map(({ event_id, by, at, reason }) => (
          <li key={event_id} dir="auto">
            {reason}{" "}
            <span className={classes.soft}>
              {by}, {new Date(at).toLocaleString("en-GB")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
