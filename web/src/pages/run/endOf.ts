import type { ProjectState } from "../../app/projectQuery";

/** How a run ended, in a few words. */
export function endOf({ status, job }: ProjectState): string {
  if (job?.status === "failed") return "The search failed";
  if (job?.status === "cancelled") return "The search was stopped";
  if (job?.status === "interrupted") return "The search was interrupted";
  return status === "ready" ? "The search is done" : "The results cannot be opened";
}
