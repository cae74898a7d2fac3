import { Alert, Button } from "@mantine/core";
import { formatCount } from "../../parts/numbers";
import type { QueueState } from "./queue";

interface Props {
  state: QueueState;
  onRetry: () => void;
}

/** Says that decisions wait for the server, or that one was refused. */
export function ConnectionBanner({ state: { isDisconnected, obstacle, pending, refusal }, onRetry }: Props) {
  if (isDisconnected)
    return (
      <Alert
        role="alert"
        color="minium"
        title={obstacle === null ? "The server does not answer" : "The server cannot take decisions now"}
      >
        {obstacle === null ? "" : `${obstacle} `}
        {formatCount(pending.length)} decisions are kept in this browser and sent later. Go on deciding.{" "}
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          Try now
        </Button>
      </Alert>
    );
  if (refusal === null) return null;
  return (
    <Alert role="alert" color="minium" title="A decision was not taken">
      {refusal}
    </Alert>
  );
}
