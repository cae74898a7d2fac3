import classes from "./ConditionChips.module.css";

interface Props {
  where: readonly string[];
  /** Told the conditions that are left. */
  onChange: (where: string[]) => void;
  /** What is said where there is none. */
  empty?: string;
}

/** The conditions that hold, each of which can be taken away. */
export function ConditionChips({ where, onChange, empty }: Props) {
  return (
    <ul className={classes.list} aria-label="Conditions">
      {where.map((one) => (
        <li key={one}>
          <button
            type="button"
            className={classes.chip}
            aria-label={`Take away the condition ${one}`}
            onClick={() => onChange(where.filter((other) => other !== one))}
          >
            {one} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {where.length === 0 && empty && <li className={classes.empty}>{empty}</li>}
    </ul>
  );
}
