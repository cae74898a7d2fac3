import { useState } from "react";
import { useKeyActions } from "../../keys/useKeys";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import type { Rows } from "./useRows";
import type { Selection } from "./useSelection";

export interface Marks {
  /** How many rows are marked. */
  readonly n: number;
  readonly isAll: boolean;
  readonly rows: readonly number[];
  has: (row: number) => boolean;
  toggle: (row: number) => void;
  clear: () => void;
}

/** Rows that are marked for something that is done to many: one by one, in a stretch, or all that match. */
export function useMarks(rows: Rows, { row, index, move }: Selection): Marks {
  const announce = useAnnounce();
  const [isAll, setIsAll] = useState(false);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());

  const mark = (next: ReadonlySet<number>, all = false) => {
    setMarked(next);
    setIsAll(all);
    announce(
      all
        ? `All ${formatCount(rows.total)} rows selected.`
        : next.size === 1
          ? "1 row selected."
          : `${formatCount(next.size)} rows selected.`,
    );
  };
  const toggle = (one: number) => {
    const next = new Set(isAll ? [] : marked);
    if (!next.delete(one)) next.add(one);
    mark(next);
  };
  const extend = (by: 1 | -1) => {
    const other = rows.lineAt(index + by)?.row;
    mark(new Set([...marked, ...[row, other].filter((one) => one != null)]));
    move(by);
  };
  useKeyActions({
    select: row === null ? undefined : () => toggle(row),
    selectAll: () => mark(new Set(), !isAll),
    extendNext: () => extend(1),
    extendPrevious: () => extend(-1),
  });
  return {
    n: isAll ? rows.total : marked.size,
    isAll,
    rows: [...marked],
    has: (one) => isAll || marked.has(one),
    toggle,
    clear: () => mark(new Set()),
  };
}
