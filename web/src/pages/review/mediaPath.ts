/** Where the image or sound of a row is. */
export function mediaPath(project: string, row: number, column: string, side?: number): string {
  const path = `/api/projects/${encodeURIComponent(project)}/media/${row}/${encodeURIComponent(column)}`;
  return side === undefined ? path : `${path}?side=${side}`;
}
