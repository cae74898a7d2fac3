import { Button, CopyButton } from "@mantine/core";
import classes from "./RunPage.module.css";
import type { Job } from "./useProjectState";

/** What a failure came from, to be sent to somebody who can mend it: it leaves this machine only by your hand. */
export function Failure({ job }: { job: Job }) {
  if (job.traceback === "") return null;
  const stage = job.stages.at(-1)?.name;
  const report = [job.message, stage && `While: ${stage}`, job.traceback].filter(Boolean).join("\n\n");
  return (
    <details className={classes.failure}>
      <summary>Details for a report</summary>
      <p className={classes.note}>
        This is a mistake of emendata, not of your data. Look the text over before you send it: it may name
        your files.
      </p>
      <CopyButton value={report}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-sm" onClick={copy}>
            {copied ? "Copied" : "Copy the report"}
          </Button>
        )}
      </CopyButton>
      <pre>{report}</pre>
    </details>
  );
}
