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
        {stages.toReversed().map(({ name, done, total, seconds }) => (
          <li key={name} data-done={done >= total || undefined}>
            <span className={classes.stage}>{name}</span>
            <span className={classes.took}>
              {done >= total ? `done in ${formatDuration(seconds)}` : formatDuration(seconds)}
            </span>
            <Progress.Root size="xs">
              <Progress.Section value={total > 0 ? (100 * done) / total : 0} aria-label={name} />
            </Progress.Root>
          </li>
        ))}
      </ol>
    </section>
  );
}
