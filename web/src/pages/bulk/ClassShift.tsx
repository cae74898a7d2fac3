import { formatCount } from "../../parts/numbers";
import { TableTwin } from "../../parts/TableTwin";
import classes from "./ClassShift.module.css";

const MOST = 12;

interface Props {
  /** Rows by class among those that are changed. */
  before: Readonly<Record<string, number>>;
  after: Readonly<Record<string, number>>;
}

/** How many of the changed rows each class has before and after, as two bars a class. */
export function ClassShift({ before, after }: Props) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const shifts = names
    .map((name) => ({ name: name || "none", from: before[name] ?? 0, to: after[name] ?? 0 }))
    .toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  const most = Math.max(1, ...shifts.flatMap(({ from, to }) => [from, to]));
  return (
    <figure className={classes.shift}>
      <figcaption>Classes of these rows, before and after</figcaption>
      <ul className={classes.list} aria-hidden="true">
        {shifts.slice(0, MOST).map(({ name, from, to }) => (
          <li key={name} className={classes.item}>
            <span className={classes.name}>{name}</span>
            <svg className={classes.bars} viewBox="0 0 100 12" preserveAspectRatio="none">
              <rect className={classes.before} width={(100 * from) / most} height="5" />
              <rect className={classes.after} y="7" width={(100 * to) / most} height="5" />
            </svg>
            <span className={classes.counts}>
              {formatCount(from)} → {formatCount(to)}
            </span>
          </li>
        ))}
      </ul>
      {shifts.length > MOST && (
        <p className={classes.more}>and {formatCount(shifts.length - MOST)} more classes</p>
      )}
      <TableTwin
        caption="Classes of these rows, before and after"
        columns={["class", "before", "after"]}
        rows={shifts.map(({ name, from, to }) => [name, formatCount(from), formatCount(to)])}
      />
    </figure>
  );
}
