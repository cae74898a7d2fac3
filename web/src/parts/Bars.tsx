import classes from "./Bars.module.css";
import { formatCount } from "./numbers";

export interface Bar {
  readonly name: string;
  readonly count: number;
}

interface Props {
  /** What is counted, for screen readers: "Rows by given label". */
  caption: string;
  bars: readonly Bar[];
  /** Names that are part of the filter at the moment. */
  chosen?: ReadonlySet<string>;
  /** A name was clicked; with Alt it is to be left out. */
  onChoose?: (name: string, exclude: boolean) => void;
}

/** Counts as a list of bars; each is a button where something can be chosen. */
export function Bars({ caption, bars, chosen, onChoose }: Props) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <ul className={classes.bars} aria-label={caption}>
      {bars.map(({ name, count }) => {
        const row = (
          <>
            <span className={classes.name}>{name}</span>
            <span className={classes.count}>{formatCount(count)}</span>
            <svg className={classes.track} preserveAspectRatio="none" viewBox="0 0 100 1" aria-hidden="true">
              <rect className={classes.bar} width={(100 * count) / most} height="1" />
            </svg>
          </>
        );
        return (
          <li key={name}>
            {onChoose ? (
              <button
                type="button"
                className={classes.row}
                aria-pressed={chosen?.has(name) ?? false}
                onClick={(event) => onChoose(name, event.altKey)}
              >
                {row}
              </button>
            ) : (
              <div className={classes.row}>{row}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
