import classes from "./Histogram.module.css";
import { formatNumber } from "./numbers";

interface Props {
  name: string;
  /** The edge that it stands on, and those that it may move to. */
  at: number;
  min: number;
  max: number;
  edges: readonly number[];
  onMove: (at: number) => void;
}

/** One end of a histogram's range: a slider that moves from edge to edge. */
export function BrushHandle({ name, at, min, max, edges, onMove }: Props) {
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    Home: min,
    End: max,
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={at}
      aria-valuetext={formatNumber(edges[at] ?? 0)}
      className={classes.handle}
      style={{ left: `${(100 * at) / (edges.length - 1)}%` }}
      onKeyDown={(event) => {
        const next = steps[event.key];
        if (next === undefined) return;
        event.preventDefault();
        onMove(Math.min(max, Math.max(min, next)));
      }}
    />
  );
}
