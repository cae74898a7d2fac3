import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";

/** What two checkpoints differ in; "now" is now. */
export const differenceQuery = (project: string, before: string, after: string) =>
  queryOptions({
    queryKey: ["difference", project, before, after],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/checkpoints/compare", {
          params: { path: { project }, query: { before, after } },
        }),
      ),
    refetchOnMount: "always",
  });
