import { formatCount } from "../parts/numbers";
import { projectPath } from "./useProject";

/** The address at which the random sample asks its questions. */
export function samplePath(project: string): string {
  return `${projectPath(project, "review")}?queue=sample`;
}

/** What a way to it is called, by how many answers are missing until wrong labels can be counted. */
export function sampleInvitation({ n_judged, n_needed }: { n_judged: number; n_needed: number }): string {
  const left = n_needed - n_judged;
  if (left <= 0) return "Answer more of the random sample";
  const more = n_judged ? " more" : "";
  return `Answer ${formatCount(left)}${more} randomly drawn ${left === 1 ? "row" : "rows"}`;
}
