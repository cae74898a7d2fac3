import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import { dataOf } from "../api/dataOf";
import type { components } from "../api/schema";

export type ProjectState = components["schemas"]["ProjectState"];

/** How far a project is; every page that asks shares the answer. */
export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: ["project", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}", { params: { path: { project } } })),
    refetchOnMount: "always",
  });
