import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useEvents, type Connection } from "../../api/useEvents";
import { projectQuery, type ProjectState } from "../../app/projectQuery";

export type Job = NonNullable<ProjectState["job"]>;

const MOVING: readonly ProjectState["status"][] = ["working", "opening"];
const AGAIN = 3000; // ms between two questions while the stream is lost

/** How far a project is, kept fresh by the server's events for as long as something moves. */
export function useProjectState(project: string): [UseQueryResult<ProjectState>, Connection] {
  const client = useQueryClient();
  const query = projectQuery(project);
  const state = useQuery(query);
  const isMoving = state.data !== undefined && MOVING.includes(state.data.status);
  const connection = useEvents(
    isMoving ? `/api/projects/${encodeURIComponent(project)}/events` : null,
    (event) => client.setQueryData(query.queryKey, event as ProjectState),
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
