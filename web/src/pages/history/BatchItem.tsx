import { Badge, Button } from "@mantine/core";
import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import classes from "./HistoryPage.module.css";
import type { Batch } from "./types";
import { counted, formatTime, sentenceOf } from "./words";

interface Props {
  project: string;
  batch: Batch;
  onUndo: () => void;
}

/** One step: what was done, to which rows, by whom, why, and the way back. */
export function BatchItem({ project, batch, onUndo }: Props) {
  const sentence = sentenceOf(batch);
  const canUndo = batch.source !== "copy" && !batch.is_undone;
  return (
    <li className={classes.batch} data-undone={batch.is_undone}>
      <div className={classes.what}>
        <p className={classes.sentence}>
          {batch.checkpoint !== null && batch.action === "decided" ? (
            <>
              Checkpoint <strong>{batch.checkpoint}</strong>
            </>
          ) : batch.is_undone ? (
            <del>{sentence}</del>
          ) : (
            sentence
          )}
        </p>
        {batch.reason && batch.checkpoint === null && <p className={classes.reason}>{batch.reason}</p>}
        <p className={classes.soft}>
          <time dateTime={batch.at}>{formatTime(batch.at)}</time> · {batch.by} · {batch.origin}
          {batch.is_undone && " · taken back"}
        </p>
      </div>
      <Badge
        variant="outline"
        color={batch.source === "bulk" ? undefined : "gray"}
        className={classes.source}
      >
        {batch.source}
      </Badge>
      <div className={classes.acts}>
        {batch.n_rows > 0 && (
          <Link to={rowsPath(project, [`batch=${batch.at}`])} aria-label={`Rows of: ${sentence}`}>
            {counted(batch.n_rows, "row")}
          </Link>
        )}
        {canUndo && (
          <Button size="compact-sm" variant="default" aria-label={`Undo: ${sentence}`} onClick={onUndo}>
            Undo
          </Button>
        )}
      </div>
    </li>
  );
}
