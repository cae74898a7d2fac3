import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import { formatCount } from "../../parts/numbers";
import { matrixOf, shadeOf } from "./confusion";
import classes from "./ConfusionMatrix.module.css";
import type { Flow } from "./types";

const MOST_CLASSES = 12;

interface Props {
  project: string;
  /** Confusions, those with most rows first. */
  flows: readonly Flow[];
  /** Rows with a confusion, in the matrix or not. */
  nAll: number;
}

/** Which label is given where which is suggested; each cell leads to its rows. */
export function ConfusionMatrix({ project, flows, nAll }: Props) {
  const { names, countOf, most, nShown } = matrixOf(flows, MOST_CLASSES);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        Down: the given label. Across: the suggested one. The darker, the more rows.
        {nShown < nAll &&
          ` The classes of the largest confusions, with ${formatCount(nShown)} of ${formatCount(nAll)} rows; the list has more.`}
      </figcaption>
      <table className={classes.matrix} aria-label="Given and suggested labels">
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((given) => (
            <tr key={given}>
              <th scope="row" title={given}>
                {given}
              </th>
              {names.map((suggested) => {
                const n = countOf(given, suggested);
                return (
                  <td key={suggested} style={{ "--shade": `${shadeOf(n, most)}%` } as React.CSSProperties}>
                    {n > 0 && (
                      <Link
                        to={rowsPath(project, [
                          `given=${given}`,
                          `suggested=${suggested}`,
                          "check=wrong_label",
                        ])}
                        aria-label={`${formatCount(n)} rows of ${given} for which ${suggested} is suggested`}
                      >
                        {formatCount(n)}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
