import { useElementSize } from "@mantine/hooks";
import { useMemo, useRef, type CSSProperties } from "react";
import { useSettings } from "../../app/settings";
import { useStable } from "../../parts/useStable";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import classes from "./RowGrid.module.css";
import { gridTemplate, tableColumns } from "./tableColumns";
import { useFling } from "./useFling";
import { useRoving } from "./useRoving";
import { useTallVirtualizer } from "./useTallVirtualizer";
import { useWanted } from "./useWanted";
import type { ModeProps } from "./modes";

const REM = 16;

/** The rows as a table of which only what is in view is drawn. */
export function RowGrid({ project, hasLabel, address, rows, selection, marks }: ModeProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const { density } = useSettings();
  const height = density === "compact" ? 30 : 40;
  const { items, domHeight, origin, scrollToIndex } = useTallVirtualizer(scroller, rows.total, height);
  const isFlinging = useFling(scroller);
  const columns = useMemo(
    () => tableColumns(rows.columns, (width || 800) / REM, hasLabel),
    [rows.columns, width, hasLabel],
  );
  const { index: selected } = selection;
  const select = useStable(selection.select);
  const mark = useStable(marks.toggle);

  useWanted(rows, items[0]?.index, items.at(-1)?.index);
  const isDrawn = items.some(({ index }) => index === selected);
  useRoving(scroller, selected, isDrawn, scrollToIndex, `review-row-${selected}`);

  return (
    <div ref={measured} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        style={{ "--columns": gridTemplate(columns) } as CSSProperties}
        role="grid"
        tabIndex={isDrawn ? -1 : 0}
        aria-label="Rows"
        aria-multiselectable
        aria-rowcount={rows.total + 1}
        aria-colcount={columns.length + 1}
      >
        <GridHead project={project} columns={columns} address={address} />
        <div role="presentation" className={classes.body} style={{ height: domHeight }}>
          <div role="rowgroup" className={classes.origin} style={{ transform: `translateY(${origin}px)` }}>
            {items.map(({ index, top }) => {
              const line = rows.lineAt(index);
              return (
                <GridRow
                  key={index}
                  project={project}
                  index={index}
                  line={line}
                  columns={columns}
                  isSelected={index === selected}
                  isMarked={line !== undefined && marks.has(line.row)}
                  mayLoad={!isFlinging}
                  top={top}
                  height={height}
                  onSelect={select}
                  onMark={mark}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
