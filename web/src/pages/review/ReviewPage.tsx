import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../../api/client";
import { samplePath } from "../../app/samplePath";
import { useProject } from "../../app/useProject";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Conditions } from "./Conditions";
import { dataOf } from "../../api/dataOf";
import { Desk } from "./Desk";
import { Facets } from "./Facets";
import classes from "./ReviewPage.module.css";
import { SampleDesk } from "./sample/SampleDesk";
import { SavedViews } from "./SavedViews";
import { useAddress } from "./useAddress";

/** One row after the other: what to look at on the left, the rows, and the decision about one of them. */
export function ReviewPage() {
  const project = useProject();
  const address = useAddress();
  const state = useQuery({
    queryKey: ["review-project", project],
    queryFn: () =>
      dataOf(api.GET("/api/projects/{project}", { params: { path: { project: project ?? "" } } })),
    enabled: project !== null,
    refetchInterval: ({ state: { data } }) => (data?.status === "opening" ? 1000 : false),
  });

  if (project === null)
    return (
      <NotYet>
        <EmptyState title="No project is open">Open one at Home to review its rows.</EmptyState>
      </NotYet>
    );
  if (state.error)
    return (
      <NotYet>
        <ErrorNotice
          title="The project could not be opened."
          error={state.error}
          onRetry={() => void state.refetch()}
        />
      </NotYet>
    );
  if (!state.data || state.data.status === "opening")
    return (
      <NotYet>
        <p className={classes.wait}>Opening the project…</p>
      </NotYet>
    );
  if (state.data.status !== "ready")
    return (
      <NotYet>
        <EmptyState title="The rows are not ready yet">
          {state.data.message || "The audit has to be done before its findings can be reviewed."}
        </EmptyState>
      </NotYet>
    );

  if (address.isSample) return <SampleDesk project={project} state={state.data} />;
  const { where, sort } = address;
  return (
    <div className={classes.review} data-view={address.view}>
      <aside className={classes.facets} aria-label="Filters">
        <Heading />
        <Link className={classes.toSample} to={samplePath(project)}>
          Answer the random sample
        </Link>
        <SavedViews project={project} address={address} />
        <Conditions address={address} project={project} />
        <Facets project={project} where={where} onChange={address.setWhere} />
      </aside>
      <Desk
        key={JSON.stringify([project, where, sort])}
        project={project}
        state={state.data}
        address={address}
      />
    </div>
  );
}

function Heading() {
  return (
    <>
      <title>Review · emendata Studio</title>
      <h1 className={classes.title} tabIndex={-1}>
        Review
      </h1>
    </>
  );
}

/** The page while there are no rows to show. */
function NotYet({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notYet}>
      <Heading />
      {children}
    </div>
  );
}
