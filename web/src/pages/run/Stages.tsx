import { Progress } from "@mantine/core";
import { formatDuration } from "../../parts/time";
import classes from "./RunPage.module.css";
import type { Job } from "./useProjectState";

/** The stages of a run that have begun, the last one in front. */
export function Stages({ stages }: { stages: Job["stages"] }) {
  if (stages.length === 0) return null;
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className={classes.heading}>
        Stages
      </h2>
      <ol className={classes.stages} reversed>
        {stages.toReversed().map(({ name, done, total, seconds }) =>
          done >= total ? (
            <li key={name} className={classes.done}>
              <span>{name}</span>
              <span className={classes.took}>done in {formatDuration(seconds)}</span>
            </li>
          ) : (
            <li key={name}>
              <span>{name}</span>
              <span className={classes.took}>{formatDuration(seconds)}</span>
              <Progress.Root size="sm">
                <Progress.Section value={(100 * done) / total} aria-label={name} />
              </Progress.Root>
            </li>
          ),
        )}
      </ol>
    </section>
  );
}
