import { memo } from "react";
import { Correction } from "../../parts/Correction";
import { formatCount, formatScore } from "../../parts/numbers";
import { viewOf } from "./examples/registry";
import classes from "./RowGrid.module.css";
import { cellOf, type TableColumn } from "./tableColumns";
import type { RowLine } from "./types";
import { wordOf } from "./words";

interface Props {
  project: string;
  index: number;
  line: RowLine | undefined;
  columns: readonly TableColumn[];
  isSelected: boolean;
  isMarked: boolean;
  mayLoad: boolean;
  top: number;
  height: number;
  onSelect: (index: number) => void;
  onMark: (row: number) => void;
}

/** One row of the table; empty until it is loaded. */
export const GridRow = memo(function GridRow(props: Props) {
  const { index, line, columns, isSelected, isMarked, top, height, onSelect, onMark } = props;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the key map
    <div
      id={`review-row-${index}`}
      role="row"
      tabIndex={isSelected ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      aria-current={isSelected || undefined}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={(event) => {
        if (line && (event.ctrlKey || event.metaKey)) onMark(line.row);
        else onSelect(index);
      }}
    >
      <span role="gridcell" className={classes.mark}>
        {line && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Select row ${formatCount(line.row)}`}
            checked={isMarked}
            onClick={(event) => event.stopPropagation()}
            onChange={() => onMark(line.row)}
          />
        )}
      </span>
      {columns.map((column) => (
        <span
          key={column.title}
          role="gridcell"
          dir={column.cell === undefined ? undefined : "auto"}
          className={`${classes.cell ?? ""} ${column.isNumber ? (classes.number ?? "") : ""}`}
        >
          {line ? contentOf(line, column, props) : column.title === "Row" ? "…" : ""}
        </span>
      ))}
    </div>
  );
});

function contentOf(line: RowLine, column: TableColumn, { project, mayLoad }: Props) {
  if (column.cell !== undefined) {
    const cell = cellOf(line, column);
    const Cell = viewOf(cell.role)?.Cell;
    return Cell ? <Cell project={project} row={line.row} cells={[cell]} mayLoad={mayLoad} /> : cell.text;
  }
  if (column.title === "Row") return formatCount(line.row);
  if (column.title === "Score") return line.score === null ? "" : formatScore(line.score);
  if (column.title === "Label") return <LabelOf line={line} />;
  return <DecisionOf decision={line.decision} />;
}

/** The label, struck where another one is suggested. */
export function LabelOf({ line: { given, suggested } }: { line: RowLine }) {
  return suggested !== null && suggested !== given ? (
    <Correction given={given ?? "none"} suggested={suggested} />
  ) : (
    given
  );
}

/** What was decided about the row, nothing while it is open. */
export function DecisionOf({ decision }: { decision: RowLine["decision"] }) {
  if (!decision) return null;
  const words = [wordOf(decision.kind), decision.new].filter(Boolean).join(" ");
  return (
    <span className={classes.decided} title={decision.by && `${words}, by ${decision.by}`}>
      ✓ {words}
    </span>
  );
}
