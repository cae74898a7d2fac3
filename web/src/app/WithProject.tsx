import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { EmptyState } from "../parts/EmptyState";
import { ErrorNotice } from "../parts/ErrorNotice";
import { Page } from "../parts/Page";
import { projectQuery, type ProjectState } from "./projectQuery";
import { projectPath, useProject } from "./useProject";

interface Props {
  title: string;
  /** The page of a project that is open. */
  children: (project: string, state: ProjectState) => ReactNode;
}

/** A page that needs an open project: it is drawn once the project is ready; until then it says what is missing. */
export function WithProject({ title, children }: Props) {
  const project = useProject();
  const state = useQuery({
    ...projectQuery(project ?? ""),
    enabled: project !== null,
    refetchInterval: ({ state: { data } }) => (data?.status === "opening" ? 500 : false),
  });
  if (project !== null && state.data?.status === "ready") return children(project, state.data);
  return (
    <Page title={title}>
      {project === null ? (
        <EmptyState title="No project is open" actions={<Link to="/">Go to Home</Link>}>
          Open a dataset at Home first.
        </EmptyState>
      ) : state.error ? (
        <ErrorNotice
          title="The project could not be opened."
          error={state.error}
          onRetry={() => void state.refetch()}
        />
      ) : !state.data || state.data.status === "opening" ? (
        <p role="status">Opening the project…</p>
      ) : (
        <EmptyState
          title="The audit is not done yet"
          actions={<Link to={projectPath(project, "run")}>Go to Plan and run</Link>}
        >
          {state.data.message || "Once it is done, what it found stands here."}
        </EmptyState>
      )}
    </Page>
  );
}
