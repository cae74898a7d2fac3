import { Correction } from "../../parts/Correction";
import { formatShare } from "../../parts/numbers";
import classes from "./Specimen.module.css";

const ROWS = [
  { id: 117, given: "shoe", suggested: "boot", sure: 0.941 },
  { id: 2048, given: "negative", suggested: "positive", sure: 0.887 },
  { id: 31007, given: "4", suggested: "9", sure: 0.76 },
];

/** A few rows as the chosen looks show them. */
export function Specimen() {
  return (
    <table className={classes.specimen} aria-label="How rows will look">
      <tbody>
        {ROWS.map(({ id, given, suggested, sure }) => (
          <tr key={id}>
            <td className={classes.id}>{id}</td>
            <td>
              <Correction given={given} suggested={suggested} />
            </td>
            <td className={classes.number}>{formatShare(sure)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
