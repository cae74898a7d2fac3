import { useEffect } from "react";
import type { Rows } from "./useRows";

/** Load the rows from one index to another as they come into view. */
export function useWanted({ want, total }: Rows, from: number | undefined, to: number | undefined) {
  useEffect(() => {
    if (from !== undefined && to !== undefined && total > 0) want(from, Math.min(total - 1, to));
  }, [want, from, to, total]);
}
