import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { projectQuery, type ProjectState } from "../../app/projectQuery";
import { projectPath } from "../../app/useProject";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { changePath } from "./changePath";
import { endOf } from "./endOf";
import { Failure } from "./Failure";
import { Found } from "./Found";
import classes from "./RunPage.module.css";
import { Stages } from "./Stages";

interface Props {
  project: string;
  state: ProjectState;
}

/** A run that is over, one way or another, and how to go on. */
export function Ended({ project, state }: Props) {
  const { job, status } = state;
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () => dataOf(api.POST("/api/projects/{project}/resume", { params: { path: { project } } })),
    onSuccess: (next) => client.setQueryData(projectQuery(project).queryKey, next),
  });
  const canResume = job !== null && job.status !== "done";
  const change = job && changePath(job);
  return (
    <div className={classes.watch}>
      <EmptyState
        title={endOf(state)}
        actions={
          <>
            {canResume && (
              <Button loading={resume.isPending} onClick={() => resume.mutate()}>
                {job.status === "failed" ? "Try again" : "Go on"}
              </Button>
            )}
            {status === "ready" && (
              <>
                <Button
                  variant={canResume ? "default" : "filled"}
                  component={Link}
                  to={projectPath(project, "overview")}
                >
                  See what was found
                </Button>
                <Button variant="default" component={Link} to={projectPath(project, "review")}>
                  Review
                </Button>
              </>
            )}
            {change !== null && (
              <Button variant="default" component={Link} to={change}>
                Change what is asked
              </Button>
            )}
            {status !== "ready" && (
              <Button variant="subtle" component={Link} to="/">
                Open something else
              </Button>
            )}
          </>
        }
      >
        {wordsOf(state)}
      </EmptyState>
      {resume.error && <ErrorNotice title="It could not be taken up again." error={resume.error} />}
      {job?.status === "failed" && <Failure job={job} />}
      {job && job.found.length > 0 && <Found title="Found" found={job.found} />}
      {job && <Stages stages={job.stages} isOver />}
    </div>
  );
}

function wordsOf({ status, job, message }: ProjectState): string {
  if (status === "failed") return message;
  if (job?.status === "failed") return job.message;
  const before = status === "ready" ? " What an earlier run found is still there." : "";
  if (job?.status === "cancelled")
    return `What it had finished is kept, and it can go on from there.${before}`;
  if (job?.status === "interrupted") return `${job.message} It can go on from there.${before}`;
  return "Look at what was found, and decide row by row or many at once.";
}
