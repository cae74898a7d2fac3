import { useElementSize } from "@mantine/hooks";
import { useRef, type CSSProperties } from "react";
import { useSettings } from "../../app/settings";
import { useStable } from "../../parts/useStable";
import classes from "./Gallery.module.css";
import { GalleryTile } from "./GalleryTile";
import type { ModeProps } from "./modes";
import { useFling } from "./useFling";
import { useRoving } from "./useRoving";
import { useTallVirtualizer } from "./useTallVirtualizer";
import { useWanted } from "./useWanted";

const SIDE = { comfortable: 168, compact: 136 };

/** The rows as cards side by side, of which only what is in view is drawn. */
export function Gallery({ project, rows, selection, marks }: ModeProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const side = SIDE[useSettings().density];
  const across = Math.max(1, Math.floor((width || 800) / side));
  const { items, domHeight, origin, scrollToIndex } = useTallVirtualizer(
    scroller,
    Math.ceil(rows.total / across),
    side,
  );
  const isFlinging = useFling(scroller);
  const { index: selected, move } = selection;
  const select = useStable(selection.select);
  const mark = useStable(marks.toggle);
  const isMarked = (row: number | undefined) => row !== undefined && marks.has(row);

  const [first, last] = [items[0]?.index, items.at(-1)?.index];
  useWanted(rows, first && first * across, last === undefined ? undefined : (last + 1) * across - 1);
  const line = selected < 0 ? -1 : Math.floor(selected / across);
  const isDrawn = items.some(({ index }) => index === line);
  useRoving(scroller, line, isDrawn, scrollToIndex, `review-tile-${selected}`);

  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -across,
    ArrowDown: across,
  };
  return (
    <div ref={measured} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        style={{ "--across": across } as CSSProperties}
        role="grid"
        tabIndex={isDrawn ? -1 : 0}
        aria-label="Gallery"
        aria-multiselectable
        aria-rowcount={Math.ceil(rows.total / across)}
        aria-colcount={across}
        onKeyDown={(event) => {
          const step = steps[event.key];
          if (step === undefined || event.target instanceof HTMLMediaElement) return;
          event.preventDefault();
          move(step);
        }}
      >
        <div role="presentation" className={classes.body} style={{ height: domHeight }}>
          <div role="rowgroup" className={classes.origin} style={{ transform: `translateY(${origin}px)` }}>
            {items.map(({ index, top }) => (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 1}
                className={classes.line}
                style={{ height: side, transform: `translateY(${top}px)` }}
              >
                {Array.from({ length: Math.min(across, rows.total - index * across) }, (_, at) => (
                  <GalleryTile
                    key={at}
                    project={project}
                    index={index * across + at}
                    line={rows.lineAt(index * across + at)}
                    columns={rows.columns}
                    isSelected={index * across + at === selected}
                    isMarked={isMarked(rows.lineAt(index * across + at)?.row)}
                    onMark={mark}
                    mayLoad={!isFlinging}
                    onSelect={select}
                  />
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
