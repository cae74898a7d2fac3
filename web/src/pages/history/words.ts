import { formatCount } from "../../parts/numbers";
import type { Batch } from "./types";

const DID: Record<string, string> = {
  keep: "kept",
  relabel: "relabelled",
  set_cell: "changed",
  exclude: "excluded",
  drop_duplicate: "dropped as a duplicate",
  exclude_outlier: "excluded as an outlier",
  both_right: "found right both ways",
  neither_right: "found wrong both ways",
  needs_review: "put aside for review",
  comment: "commented on",
};

const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export function formatTime(at: string): string {
  return times.format(new Date(at));
}

/** "1 step", "1,200 events". */
export function counted(n: number, noun: string): string {
  return `${formatCount(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** "12 rows relabelled to boot", "Row 7 kept". */
export function sentenceOf(batch: Batch): string {
  if (batch.checkpoint !== null)
    return batch.action === "undone" ? `Checkpoint ${batch.checkpoint} taken away` : "Checkpoint set";
  const row = batch.rows[0];
  const what =
    batch.n_rows === 1 && row !== undefined ? `Row ${formatCount(row)}` : counted(batch.n_rows, "row");
  const verb = batch.kind in DID ? (DID[batch.kind] ?? batch.kind) : batch.kind;
  const change =
    batch.new === null ? "" : batch.old === null ? ` to ${batch.new}` : `: ${batch.old} to ${batch.new}`;
  if (batch.action === "undone") return `Taken back: ${what.toLowerCase()} ${verb}${change}`;
  if (batch.action === "applied") return `${what} ${verb}${change} in a corrected copy`;
  if (batch.action === "reverted") return `${what} put back in a copy`;
  return `${what} ${verb}${change}`;
}

const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "full" });

/** Batches under the day of each, in their order. */
export function byDay(batches: readonly Batch[]): Map<string, Batch[]> {
  const found = new Map<string, Batch[]>();
  for (const batch of batches) {
    const day = days.format(new Date(batch.at));
    found.set(day, [...(found.get(day) ?? []), batch]);
  }
  return found;
}
