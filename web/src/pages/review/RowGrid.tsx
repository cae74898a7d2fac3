import { useEffect, useRef } from "react";
import { useSettings } from "../../app/settings";
import { formatCount } from "../../parts/numbers";
import { GridRow } from "./GridRow";
import classes from "./RowGrid.module.css";
import { useTallVirtualizer } from "./useTallVirtualizer";
import type { Rows } from "./useRows";

const MOST_CELLS = 3;

interface Props {
  rows: Rows;
  selected: number;
  onSelect: (index: number) => void;
}

/** The rows as a table of which only what is in view is drawn. */
export function RowGrid({ rows, selected, onSelect }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { density } = useSettings();
  const height = density === "compact" ? 30 : 40;
  const { items, domHeight, shift, scrollToIndex } = useTallVirtualizer(scroller, rows.total, height);
  const columns = rows.columns.slice(0, MOST_CELLS);

  const { want, total } = rows;
  const [from, to] = [items[0]?.index, items.at(-1)?.index];
  useEffect(() => {
    if (from !== undefined && to !== undefined) want(from, Math.min(total - 1, to));
  }, [want, from, to, total]);
  useEffect(() => {
    if (selected >= 0) scrollToIndex(selected);
  }, [selected, scrollToIndex]);

  return (
    <>
      <p className={classes.total}>{formatCount(rows.total)} rows</p>
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        tabIndex={0}
        aria-label="Rows"
        aria-rowcount={rows.total + 1}
        aria-colcount={columns.length + 4}
        aria-activedescendant={selected >= 0 ? `review-row-${selected}` : undefined}
      >
        <div role="row" aria-rowindex={1} className={classes.head}>
          {["Row", "Label", ...columns.map(({ name }) => name), "Score", "Decision"].map((name, at) => (
            <span key={`${at}${name}`} role="columnheader" className={classes.cell}>
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: domHeight }}>
          {items.map(({ index, start }) => (
            <GridRow
              key={index}
              index={index}
              line={rows.lineAt(index)}
              nCells={columns.length}
              isSelected={index === selected}
              top={start - shift}
              height={height}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </>
  );
}
