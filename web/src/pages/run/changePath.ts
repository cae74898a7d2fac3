import { writeChoices } from "../import/choices";
import type { Job } from "./useProjectState";

/** The import page with what a job was asked, to be changed there; null where that is not known. */
export function changePath({ source, label, roles, task, mode, table }: Job): string | null {
  if (source === null) return null;
  const choices = { source, label: label ?? "", roles, task, mode: mode ?? "balanced", table };
  return `/import?${writeChoices(choices)}`;
}
