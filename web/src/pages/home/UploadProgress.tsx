import { Button, Progress } from "@mantine/core";
import { formatBytes, formatCount } from "../../parts/numbers";
import classes from "./DropZone.module.css";
import type { Sending } from "./useUpload";

interface Props {
  sending: Sending;
  onCancel: () => void;
}

/** How much of what was dropped has been copied. */
export function UploadProgress({ sending: { drop, nBytes, nSent }, onCancel }: Props) {
  const percent = nBytes === 0 ? 100 : Math.floor((100 * nSent) / nBytes);
  const files = drop.isFolder ? `, ${formatCount(drop.pieces.length)} files` : "";
  return (
    <div className={classes.sending}>
      <p>
        Copying <bdi>{drop.name}</bdi>: {formatBytes(nSent)} of {formatBytes(nBytes)}
        {files}
      </p>
      <Progress.Root size="lg">
        <Progress.Section value={percent} aria-label={`Copying ${drop.name}`} />
      </Progress.Root>
      <Button variant="default" onClick={onCancel}>
        Cancel the copy
      </Button>
    </div>
  );
}
