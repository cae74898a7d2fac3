import type { ProjectState } from "../../app/projectQuery";
import { useProject } from "../../app/useProject";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Page } from "../../parts/Page";
import { Link } from "react-router";
import { Ended } from "./Ended";
import classes from "./RunPage.module.css";
import { titleOf } from "./titleOf";
import { useArrival } from "./useArrival";
import { useProjectState } from "./useProjectState";
import { Watch } from "./Watch";

/** The run of a project's audit: watched while it goes on, taken up again where it was left. */
export function RunPage() {
  const project = useProject();
  if (project === null)
    return (
      <Page title="Plan and run">
        <EmptyState title="No dataset is open" actions={<Link to="/">Go to Home</Link>}>
          Open one at Home; here its errors are looked for.
        </EmptyState>
      </Page>
    );
  return <Run key={project} project={project} />;
}

function Run({ project }: { project: string }) {
  const [state, connection] = useProjectState(project);
  useArrival(state.data);
  if (!state.data)
    return (
      <Page title="Plan and run">
        {state.error ? (
          <ErrorNotice
            title="The project could not be opened."
            error={state.error}
            onRetry={() => void state.refetch()}
          />
        ) : (
          <p role="status">Opening the project…</p>
        )}
      </Page>
    );
  return (
    <Page title={titleOf(state.data)} heading={state.data.name} lead={leadOf(state.data)}>
      {connection === "lost" && (
        <div className={classes.lost}>
          <ErrorNotice
            title="The Studio does not answer"
            error="The search goes on in a process of its own, and this page goes on when the Studio is back. If it was closed, start it again: emendata studio"
          />
        </div>
      )}
      {state.data.status === "working" && state.data.job ? (
        <Watch project={project} job={state.data.job} />
      ) : state.data.status === "opening" ? (
        <p role="status">Laying out the results…</p>
      ) : (
        <Ended project={project} state={state.data} />
      )}
    </Page>
  );
}

function leadOf({ job, folder }: ProjectState) {
  return <bdi className={classes.source}>{job?.source ?? folder}</bdi>;
}
