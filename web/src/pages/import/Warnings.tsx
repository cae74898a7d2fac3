import classes from "./Warnings.module.css";
import type { Preview } from "./choices";

/** What is worth knowing before anything runs; nothing of it stops the run. */
export function Warnings({ warnings }: { warnings: Preview["warnings"] }) {
  if (warnings.length === 0) return null;
  return (
    <section aria-labelledby="warnings">
      <h2 id="warnings" className={classes.heading}>
        Before you start
      </h2>
      <ul className={classes.warnings}>
        {warnings.map(({ severity, title, detail }) => (
          <li key={`${title} ${detail}`} data-severity={severity}>
            <strong>
              {severity === "warning" ? "Look at this: " : ""}
              {title}
            </strong>
            <p>{detail}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
