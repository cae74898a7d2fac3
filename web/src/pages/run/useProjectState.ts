import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import type { components } from "../../api/schema";
import { useEvents, type Connection } from "../../api/useEvents";

export type ProjectState = components["schemas"]["ProjectState"];
export type Job = NonNullable<ProjectState["job"]>;

const MOVING: readonly ProjectState["status"][] = ["working", "opening"];
const AGAIN = 3000; // ms between two questions while the stream is lost

/** How far a project is, kept fresh by the server's events for as long as something moves. */
export function useProjectState(project: string): [UseQueryResult<ProjectState>, Connection] {
  const client = useQueryClient();
  const key = ["project", project];
  const state = useQuery({
    queryKey: key,
    queryFn: () => dataOf(api.GET("/api/projects/{project}", { params: { path: { project } } })),
    refetchOnMount: "always",
  });
  const isMoving = state.data !== undefined && MOVING.includes(state.data.status);
  const connection = useEvents(
    isMoving ? `/api/projects/${encodeURIComponent(project)}/events` : null,
    (event) => client.setQueryData(key, event),
  );
  // A stream that ends with a refusal, such as of a Studio that was started again, does not come back by itself.
  const { refetch } = state;
  useEffect(() => {
    if (connection !== "lost") return;
    const timer = setInterval(() => void refetch({ cancelRefetch: false }), AGAIN);
    return () => clearInterval(timer);
  }, [connection, refetch]);
  return [state, connection];
}
