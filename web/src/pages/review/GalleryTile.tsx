import { memo } from "react";
import { formatCount } from "../../parts/numbers";
import { partsOf } from "./examples/registry";
import classes from "./Gallery.module.css";
import { DecisionOf, LabelOf } from "./GridRow";
import type { RowLine } from "./types";
import type { Rows } from "./useRows";

interface Props {
  project: string;
  index: number;
  line: RowLine | undefined;
  columns: Rows["columns"];
  isSelected: boolean;
  isMarked: boolean;
  mayLoad: boolean;
  onSelect: (index: number) => void;
  onMark: (row: number) => void;
}

/** One row as a card: what it is, its label and what was decided; an empty card until it is loaded. */
export const GalleryTile = memo(function GalleryTile(props: Props) {
  const { project, index, line, columns, isSelected, isMarked, mayLoad, onSelect, onMark } = props;
  const cells = line ? columns.map((column, at) => ({ ...column, text: line.cells[at] ?? "" })) : [];
  const part = partsOf(cells)[0];
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the key map
    <div
      id={`review-tile-${index}`}
      role="gridcell"
      tabIndex={isSelected ? 0 : -1}
      aria-current={isSelected || undefined}
      aria-selected={isMarked}
      className={classes.tile}
      onClick={(event) => {
        if (line && (event.ctrlKey || event.metaKey)) onMark(line.row);
        else onSelect(index);
      }}
    >
      <div className={classes.example}>
        {line && part && (
          <part.view.Tile
            key={line.row}
            project={project}
            row={line.row}
            cells={part.cells}
            mayLoad={mayLoad}
          />
        )}
      </div>
      {line && (
        <div className={classes.caption}>
          <span className={classes.label}>
            <LabelOf line={line} />
          </span>
          <span className={classes.row}>
            <DecisionOf decision={line.decision} /> {formatCount(line.row)}
          </span>
        </div>
      )}
    </div>
  );
});
