import { formatCount } from "../../parts/numbers";
import type { Decided, Kind } from "./types";

const SHORT: Record<Kind, string> = {
  keep: "kept",
  relabel: "relabelled",
  set_cell: "changed",
  exclude: "excluded",
  drop_duplicate: "dropped",
  exclude_outlier: "excluded",
  both_right: "both right",
  neither_right: "none right",
  needs_review: "needs review",
  comment: "comment",
};

/** A decision in a word or two. */
export function wordOf(kind: string): string {
  return Object.hasOwn(SHORT, kind) ? SHORT[kind as Kind] : kind;
}

/** "Row 12 relabelled shoe to boot, 49 left, press Z to undo". */
export function announcementOf(row: number, made: Decided, given: string | null, left: number): string {
  const change = made.new ? ` ${given ?? "nothing"} to ${made.new}` : "";
  return `Row ${formatCount(row)} ${wordOf(made.kind)}${change}, ${formatCount(left)} left, press Z to undo`;
}
