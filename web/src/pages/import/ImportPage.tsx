import { Button } from "@mantine/core";
import { Link } from "react-router";
import { CodeTwins } from "../../parts/CodeTwins";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Page } from "../../parts/Page";
import { Checks } from "./Checks";
import { withRole } from "./choices";
import classes from "./ImportPage.module.css";
import { ModeCards } from "./ModeCards";
import { PreviewTable } from "./PreviewTable";
import { Questions } from "./Questions";
import { useForecasts } from "./useForecasts";
import { useImport } from "./useImport";
import { Warnings } from "./Warnings";

/** What was opened, what its columns are taken for, what will be done, and the one button that does it. */
export function ImportPage() {
  const { choices, change, first, preview, label, data, plan, start } = useImport();
  const forecasts = useForecasts(data, plan.isSuccess && !plan.isPlaceholderData && !start.isPending);
  const shown = preview.data ?? first.data;
  const title = shown?.name ?? choices.source.split(/[\\/]/).at(-1) ?? "Import";

  if (choices.source === "")
    return (
      <Page title="Import">
        <EmptyState title="No data are open" actions={<Link to="/">Go to Home</Link>}>
          Drop a file or a folder at Home, or give its path there.
        </EmptyState>
      </Page>
    );
  if (first.error)
    return (
      <Page title={title}>
        <ErrorNotice title="It could not be read." error={first.error} onRetry={() => void first.refetch()} />
        <p>
          <Link to="/">Open something else</Link>
        </p>
      </Page>
    );
  if (!shown)
    return (
      <Page title={title}>
        <p role="status" className={classes.wait}>
          Reading {choices.source}…
        </p>
      </Page>
    );

  const wrong = plan.error ?? preview.error;
  return (
    <Page
      title={title}
      lead={<bdi className={classes.source}>{choices.source}</bdi>}
      actions={
        <Button
          size="md"
          disabled={wrong !== null}
          loading={start.isPending || start.isSuccess}
          onClick={() => start.mutate()}
        >
          Find issues
        </Button>
      }
    >
      <div className={classes.parts}>
        {start.error && <ErrorNotice title="It could not be started." error={start.error} />}
        <section aria-labelledby="plan" className={classes.plan}>
          <h2 id="plan" className={classes.sentence} aria-live="polite">
            {wrong ? "This cannot be run as it stands" : (plan.data?.sentence ?? "Looking what can be done…")}
          </h2>
          {wrong && <ErrorNotice title="Change a column or the label." error={wrong} />}
          {plan.data?.has_test_split && (
            <p className={classes.policy}>
              Test rows are checked too, but never changed unless you do it yourself, row by row.
            </p>
          )}
          <Questions preview={shown} choices={choices} label={label} onChange={change} />
          <ModeCards
            mode={choices.mode}
            forecasts={forecasts}
            onChange={(mode) => change({ ...choices, mode })}
          />
          {plan.data && <Checks checks={plan.data.checks} />}
          {plan.data && <CodeTwins does="finds the same" code={plan.data.code} />}
        </section>
        <Warnings warnings={shown.warnings} />
        <PreviewTable
          preview={shown}
          onRole={(column, role) => change(withRole(choices, column, role, label))}
        />
      </div>
    </Page>
  );
}
