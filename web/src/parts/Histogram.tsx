import { useRef } from "react";
import { BrushHandle } from "./BrushHandle";
import classes from "./Histogram.module.css";
import { formatCount, formatNumber } from "./numbers";
import { TableTwin } from "./TableTwin";

/** From one edge of a bin to another, by their positions in `edges`. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

interface Props {
  /** What is counted: "Rows by label score". */
  caption: string;
  /** One more than there are counts. */
  edges: readonly number[];
  counts: readonly number[];
  brush?: Brush | null;
  /** Another range was drawn or moved; null is all of it. */
  onBrush?: (brush: Brush | null) => void;
}

/** Counts in bins, a range of which can be chosen by dragging, or by its two handles with the arrow keys. */
export function Histogram({ caption, edges, counts, brush = null, onBrush }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const dragStart = useRef<number | null>(null);
  const n = counts.length;
  const most = Math.max(1, ...counts);
  const { from, to } = brush ?? { from: 0, to: n };

  const choose = (a: number, b: number) => {
    const [low, high] = [Math.max(0, Math.min(a, b)), Math.min(n, Math.max(a, b))];
    if (low < high) onBrush?.(low === 0 && high === n ? null : { from: low, to: high });
  };
  const positionOf = (event: React.PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    return box ? (n * (event.clientX - box.left)) / box.width : 0;
  };

  return (
    <figure className={classes.histogram}>
      <div
        ref={plot}
        role="presentation"
        className={onBrush ? classes.brushed : classes.plot}
        onPointerDown={(event) => {
          dragStart.current = positionOf(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (dragStart.current === null) return;
          const [a, b] = [dragStart.current, positionOf(event)];
          choose(Math.floor(Math.min(a, b)), Math.ceil(Math.max(a, b)));
        }}
        onPointerUp={() => (dragStart.current = null)}
        onDoubleClick={() => onBrush?.(null)}
      >
        <svg viewBox={`0 0 ${n} 100`} preserveAspectRatio="none" aria-hidden="true">
          {counts.map((count, bin) => (
            <rect
              key={bin}
              className={bin >= from && bin < to ? classes.bar : classes.outside}
              x={bin + 0.06}
              width={0.88}
              y={100 - (100 * count) / most}
              height={(100 * count) / most}
            />
          ))}
        </svg>
        {onBrush && (
          <>
            <BrushHandle
              name={`${caption}: from`}
              at={from}
              edges={edges}
              min={0}
              max={to - 1}
              onMove={(at) => choose(at, to)}
            />
            <BrushHandle
              name={`${caption}: to`}
              at={to}
              edges={edges}
              min={from + 1}
              max={n}
              onMove={(at) => choose(from, at)}
            />
          </>
        )}
      </div>
      <figcaption className={classes.axis}>
        <span>{formatNumber(edges[from] ?? 0)}</span>
        <span>{formatNumber(edges[to] ?? 0)}</span>
      </figcaption>
      <TableTwin
        caption={caption}
        columns={["from", "to", "count"]}
        rows={counts.map((count, bin) => [
          formatNumber(edges[bin] ?? 0),
          formatNumber(edges[bin + 1] ?? 0),
          formatCount(count),
        ])}
      />
    </figure>
  );
}
