import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { useProject } from "../../app/useProject";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Conditions } from "./Conditions";
import { dataOf } from "../../api/dataOf";
import { Desk } from "./Desk";
import { Facets } from "./Facets";
import classes from "./ReviewPage.module.css";
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
    return <EmptyState title="No project is open">Open one at Home to review its rows.</EmptyState>;
  if (state.error)
    return (
      <ErrorNotice
        title="The project could not be opened."
        error={state.error}
        onRetry={() => void state.refetch()}
      />
    );
  if (!state.data || state.data.status === "opening")
    return <p className={classes.wait}>Opening the project…</p>;
  if (state.data.status !== "ready")
    return (
      <EmptyState title="The rows are not ready yet">
        {state.data.message || "The audit has to be done before its findings can be reviewed."}
      </EmptyState>
    );

  const { where, sort } = address;
  return (
    <div className={classes.review} data-view={address.view}>
      <title>Review · emendata Studio</title>
      <aside className={classes.facets} aria-label="Filters">
        <h1 className={classes.title} tabIndex={-1}>
          Review
        </h1>
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
