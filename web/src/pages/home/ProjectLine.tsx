import { Button, Progress } from "@mantine/core";
import { Link } from "react-router";
import type { components } from "../../api/schema";
import { projectPath } from "../../app/useProject";
import { formatCount, formatShare } from "../../parts/numbers";
import { formatAgo } from "../../parts/time";
import classes from "./RecentProjects.module.css";

export type ProjectCard = components["schemas"]["ProjectCard"];

/** Where a project can be gone on with. */
export function placeOf({ id, status }: ProjectCard): string {
  return projectPath(id, status === "ready" ? "overview" : "run");
}

interface Props {
  card: ProjectCard;
  /** Seconds since 1970. */
  now: number;
  onRemove: () => void;
}

/** A project in the list: its name leads to where it can be gone on with. */
export function ProjectLine({ card, now, onRemove }: Props) {
  const { name, status, part_done, source, folder, opened } = card;
  return (
    <li className={classes.project}>
      <div className={classes.what}>
        {status === "gone" ? (
          <span className={classes.name}>{name}</span>
        ) : (
          <Link className={classes.name} to={placeOf(card)}>
            {name}
          </Link>
        )}
        <span className={classes.place}>{source ?? folder}</span>
      </div>
      <div className={classes.state}>
        <span data-status={status}>{stateOf(card)}</span>
        {status === "working" && (
          <Progress.Root>
            <Progress.Section value={100 * (part_done ?? 0)} aria-label={`Audit of ${name}`} />
          </Progress.Root>
        )}
      </div>
      <time className={classes.opened} dateTime={new Date(1000 * opened).toISOString()}>
        {formatAgo(opened, now)}
      </time>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-label={`Remove ${name} from the list`}
        title="Its files stay where they are"
        onClick={onRemove}
      >
        Remove
      </Button>
    </li>
  );
}

function stateOf({ status, message, part_done, n_rows, n_flagged, n_decided }: ProjectCard): string {
  if (status === "working") return `Looking for errors, ${Math.floor(100 * (part_done ?? 0))}\u00a0% done`;
  if (status === "stopped") return "Stopped; it can go on";
  if (status !== "ready") return message || "It cannot be opened.";
  if (n_rows == null || n_flagged == null) return "Ready";
  return `${formatCount(n_rows)} rows, ${formatCount(n_flagged)} look wrong, ${decidedOf(n_decided ?? 0, n_flagged)}`;
}

function decidedOf(n: number, nFlagged: number): string {
  if (n === 0 || nFlagged === 0) return `${n === 0 ? "none" : formatCount(n)} decided`;
  return `${formatCount(n)} decided (${formatShare(Math.min(1, n / nFlagged))})`;
}
