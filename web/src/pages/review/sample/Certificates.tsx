import { Link } from "react-router";
import { projectPath } from "../../../app/useProject";
import { formatCount } from "../../../parts/numbers";
import classes from "./Sample.module.css";
import type { Certificate } from "./types";

interface Props {
  project: string;
  /** The strictest first. */
  certificates: readonly Certificate[];
}

const USUAL = 0.95;
const percent = (part: number) => `${Math.round(100 * part)}\u00a0%`;

/** Of how many suggestions the answers prove that enough are right, and the way to make them. */
export function Certificates({ project, certificates }: Props) {
  const best =
    certificates.find((one) => one.n_certified > 0) ?? certificates.find((one) => one.precision === USUAL);
  return (
    <section aria-labelledby="sample-certificates">
      <h2 id="sample-certificates">What may be fixed unseen</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Right, at least</th>
            <th scope="col">Suggestions certified</th>
          </tr>
        </thead>
        <tbody>
          {certificates.map(({ precision, n_certified, n_candidates, n_open }) => (
            <tr key={precision}>
              <th scope="row">{percent(precision)}</th>
              <td>
                {formatCount(n_certified)} of {formatCount(n_candidates)}
                {n_open > 0 && (
                  <>
                    {" "}
                    <Link
                      to={bulkPath(project, precision)}
                      aria-label={`Fix the ${formatCount(n_open)} open ones certified at ${percent(precision)} in bulk`}
                    >
                      Fix in bulk
                    </Link>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {best && <p className={classes.soft}>{best.sentence}</p>}
    </section>
  );
}

function bulkPath(project: string, precision: number): string {
  const params = new URLSearchParams({ where: "", action: "accept", certified: String(precision) });
  return `${projectPath(project, "bulk")}?${params.toString()}`;
}
