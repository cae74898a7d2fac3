import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";

/** All that is known of a row. */
export function detailQuery(project: string, row: number) {
  return queryOptions({
    queryKey: ["review-detail", project, row],
    queryFn: () =>
      dataOf(api.GET("/api/projects/{project}/rows/{row}", { params: { path: { project, row } } })),
  });
}
