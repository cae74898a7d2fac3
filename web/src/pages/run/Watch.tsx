import { Button, Progress } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { formatBytes } from "../../parts/numbers";
import { formatDuration, formatDurations } from "../../parts/time";
import { Found } from "./Found";
import classes from "./RunPage.module.css";
import { Notice } from "./Notice";
import { Stages } from "./Stages";
import { percentOf } from "./titleOf";
import type { Job } from "./useProjectState";

interface Props {
  project: string;
  job: Job;
}

/** A search that goes on: how far it is, how long it will take, what it has found until now. */
export function Watch({ project, job }: Props) {
  const stop = useMutation({
    mutationFn: () => api.POST("/api/projects/{project}/cancel", { params: { path: { project } } }),
  });
  const isBeginning = job.seconds_left_low === null;
  return (
    <div className={classes.watch}>
      <section aria-labelledby="progress" className={classes.progress}>
        <h2 id="progress" className={classes.percent}>
          {isBeginning ? "Getting ready" : <>{percentOf(job.part_done)}&nbsp;% done</>}
        </h2>
        <Progress.Root size="lg">
          <Progress.Section
            value={isBeginning ? 100 : percentOf(job.part_done)}
            animated={isBeginning}
            withAria={!isBeginning}
            aria-labelledby="progress"
          />
        </Progress.Root>
        <p className={classes.times}>
          <span>{leftOf(job)}</span>
          <span>{formatDuration(job.seconds)} until now</span>
          {job.memory > 0 && <span>{formatBytes(job.memory)} of memory</span>}
        </p>
        <div className={classes.buttons}>
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            Stop
          </Button>
          <Notice />
        </div>
        <p className={classes.note}>
          You can leave this page: the search goes on. What is finished is kept when you stop it, and it can
          go on later.
        </p>
        {stop.error && <ErrorNotice title="It could not be stopped." error={stop.error} />}
      </section>
      <Found title="Found until now" found={job.found} />
      <Stages stages={job.stages} />
    </div>
  );
}

function leftOf({ seconds_left_low: low, seconds_left_high: high }: Job): string {
  if (low === null || high === null) return "Looking how long it will take…";
  return high < 2 ? "Nearly done" : `${formatDurations(low, high)} left`;
}
