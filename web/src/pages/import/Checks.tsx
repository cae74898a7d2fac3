import { formatCount } from "../../parts/numbers";
import type { Plan } from "./choices";
import classes from "./Checks.module.css";

/** What will be looked for, and what cannot be, and why. */
export function Checks({ checks }: { checks: Plan["checks"] }) {
  const [running, without] = [checks.filter(({ runs }) => runs), checks.filter(({ runs }) => !runs)];
  return (
    <details className={classes.details}>
      <summary>
        {`${formatCount(running.length)} checks will run`}
        {without.length > 0 && `, ${formatCount(without.length)} do not apply`}
      </summary>
      <dl className={classes.checks}>
        {[...running, ...without].map(({ code, title, why }) => (
          <div key={code}>
            <dt>{title}</dt>
            <dd>{why || "will run"}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
