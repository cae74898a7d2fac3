import { projectPath } from "./useProject";

/** The address of Review, or another page that takes conditions, with the rows that fulfil these; none are all rows. */
export function rowsPath(
  project: string,
  where: readonly string[],
  page: "review" | "bulk" = "review",
): string {
  const params = new URLSearchParams((where.length ? where : [""]).map((one) => ["where", one]));
  return `${projectPath(project, page)}?${params.toString()}`;
}
