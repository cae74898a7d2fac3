import { Progress } from "@mantine/core";
import { formatDuration } from "../../parts/time";
import classes from "./RunPage.module.css";
import type { Job } from "./useProjectState";

interface Props {
  stages: Job["stages"];
  /** Nobody works on them any more. */
  isOver?: boolean;
}

/** The stages of a run that have begun, the last one in front. */
export function Stages({ stages, isOver = false }: Props) {
  if (stages.length === 0) return null;
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className={classes.heading}>
        Stages
      </h2>
      <ol className={classes.stages} reversed>
        {stages.toReversed().map(({ name, done, total, seconds }) => {
          const isDone = done >= total;
          return (
            <li key={name} className={isDone || isOver ? classes.done : undefined}>
              <span>{name}</span>
              <span className={classes.took}>{`${isDone ? "done in " : ""}${formatDuration(seconds)}`}</span>
              {!isDone && !isOver && (
                <Progress.Root size="sm">
                  <Progress.Section value={(100 * done) / total} aria-label={name} />
                </Progress.Root>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
