import { Link } from "react-router";
import classes from "./StatNumber.module.css";

interface Props {
  /** The number as it is shown: "3.1 %". */
  value: string;
  /** What it counts: "of labels look wrong". */
  label: string;
  /** How sure it is, or of how many: "95 % interval 2.6–3.7 %". */
  note?: string;
  /** The rows behind it. */
  to?: string;
}

/** A number that matters, linked to the rows behind it. */
export function StatNumber({ value, label, note, to }: Props) {
  const body = (
    <>
      <span className={classes.value}>{value}</span> <span className={classes.label}>{label}</span>
    </>
  );
  return (
    <div className={classes.stat}>
      {to === undefined ? body : <Link to={to}>{body}</Link>}
      {note !== undefined && <div className={classes.note}>{note}</div>}
    </div>
  );
}
