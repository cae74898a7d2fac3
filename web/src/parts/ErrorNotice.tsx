import { Alert, Button } from "@mantine/core";
import { sentenceOf } from "../api/errors";

interface Props {
  /** What could not be done: "The rows could not be read." */
  title: string;
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong, why, and the way out. */
export function ErrorNotice({ title, error, onRetry }: Props) {
  return (
    <Alert role="alert" color="minium" title={title} maw="40rem">
      <p>{sentenceOf(error)}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
