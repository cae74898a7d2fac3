import type { ProjectState } from "../../app/projectQuery";

/** The window's title: how far it is stands in front, so that a narrow tab shows it. */
export function titleOf({ name, status, job }: ProjectState): string {
  return status === "working" && job ? `${percentOf(job.part_done)}\u00a0% · ${name}` : name;
}

export function percentOf(part: number): number {
  return Math.floor(100 * part);
}
