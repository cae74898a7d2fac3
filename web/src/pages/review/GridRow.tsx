import { Correction } from "../../parts/Correction";
import { formatCount, formatNumber } from "../../parts/numbers";
import classes from "./RowGrid.module.css";
import type { RowLine } from "./types";
import { wordOf } from "./words";

interface Props {
  index: number;
  line: RowLine | undefined;
  nCells: number;
  isSelected: boolean;
  top: number;
  height: number;
  onSelect: (index: number) => void;
}

/** One row of the table; empty until it is loaded. */
export function GridRow({ index, line, nCells, isSelected, top, height, onSelect }: Props) {
  const label =
    line?.suggested != null && line.suggested !== line.given ? (
      <Correction given={line.given ?? "none"} suggested={line.suggested} />
    ) : (
      (line?.given ?? "")
    );
  const decision = line?.decision ? `✓ ${wordOf(line.decision.kind)} ${line.decision.new ?? ""}` : "";
  const cells = [
    line ? formatCount(line.row) : "…",
    label,
    ...Array.from({ length: nCells }, (_, at) => line?.cells[at] ?? ""),
    line?.score != null ? formatNumber(line.score) : "",
  ];
  return (
    <div
      id={`review-row-${index}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
      onMouseDown={() => onSelect(index)}
    >
      {cells.map((cell, at) => (
        <span key={at} role="gridcell" className={classes.cell}>
          {cell}
        </span>
      ))}
      <span role="gridcell" className={`${classes.cell ?? ""} ${classes.decided ?? ""}`}>
        {decision}
      </span>
    </div>
  );
}
