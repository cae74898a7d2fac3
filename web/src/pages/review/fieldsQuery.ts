import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";

/** What rows can be filtered and sorted by. */
export function fieldsQuery(project: string) {
  return queryOptions({
    queryKey: ["review-fields", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/fields", { params: { path: { project } } })),
  });
}
