import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import { formatCount, formatShare } from "../../parts/numbers";
import { StatNumber } from "../../parts/StatNumber";
import classes from "./BulkPage.module.css";
import { ClassShift } from "./ClassShift";
import type { Plan } from "./scope";
import type { Preview } from "./types";

interface Props {
  project: string;
  preview: Preview;
  plan: Plan;
}

/** How many rows are changed and left, how classes and splits shift, and where people decided otherwise. */
export function PreviewBox({ project, preview, plan }: Props) {
  const left = [
    [preview.n_decided, "somebody decided about them"],
    [preview.n_held_out, "they are of a test split"],
    [preview.n_without, "there is nothing to change"],
    [preview.n_unsure, "nothing certifies them"],
  ] as const;
  const expected =
    preview.expected === null ? {} : { note: `the models expect ${formatShare(preview.expected)} right` };
  return (
    <div className={classes.preview}>
      <div>
        <StatNumber
          value={formatCount(preview.n_changed)}
          label={`of ${formatCount(preview.n_chosen)} chosen rows are changed`}
          {...expected}
          {...(plan.rows.length ? {} : { to: rowsPath(project, plan.where) })}
        />
        <ul className={classes.left} aria-label="Rows that are left">
          {left
            .filter(([n]) => n > 0)
            .map(([n, why]) => (
              <li key={why}>
                {formatCount(n)} left: {why}
              </li>
            ))}
        </ul>
      </div>
      {plan.action !== "keep" && preview.n_changed > 0 && (
        <ClassShift before={preview.before} after={preview.after} />
      )}
      {preview.splits.length > 0 && (
        <table className={classes.table}>
          <caption>By split</caption>
          <thead>
            <tr>
              <th scope="col">split</th>
              <th scope="col">chosen</th>
              <th scope="col">changed</th>
            </tr>
          </thead>
          <tbody>
            {preview.splits.map(({ split, n_chosen, n_changed }) => (
              <tr key={split}>
                <th scope="row">{split || "none"}</th>
                <td>{formatCount(n_chosen)}</td>
                <td>{formatCount(n_changed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {preview.n_conflicts > 0 && (
        <details className={classes.conflicts}>
          <summary>
            {formatCount(preview.n_conflicts)} rows were decided otherwise by hand and stay as they are
          </summary>
          <ul>
            {preview.conflicts.map((line) => (
              <li key={line.row}>
                <Link to={`${rowsPath(project, [])}&row=${line.row}`}>Row {formatCount(line.row)}</Link>:{" "}
                {line.decision?.kind.replaceAll("_", " ")} {line.decision?.new ?? line.given} by{" "}
                {line.decision?.by}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
