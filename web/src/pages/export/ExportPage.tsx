import { Button, Group } from "@mantine/core";
import { useSearchParams } from "react-router";
import { WithProject } from "../../app/WithProject";
import { CodeTwins } from "../../parts/CodeTwins";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Page } from "../../parts/Page";
import { Choices } from "./Choices";
import classes from "./ExportPage.module.css";
import { useExport } from "./useExport";
import { WhatChanges } from "./WhatChanges";
import { Written } from "./Written";

/** The corrected data, in their own format or another, with all that was changed beside them. */
export function ExportPage() {
  return <WithProject title="Export">{(project) => <OpenExport project={project} />}</WithProject>;
}

function OpenExport({ project }: { project: string }) {
  const [params, setParams] = useSearchParams();
  const where = params.getAll("where").filter(Boolean);
  const { chosen, choose, plan, write } = useExport(project, where);
  if (!plan.data)
    return (
      <Page title="Export">
        {plan.error ? (
          <ErrorNotice
            title="It cannot be said what would be written."
            error={plan.error}
            onRetry={() => void plan.refetch()}
          />
        ) : (
          <p role="status">Counting what changes…</p>
        )}
      </Page>
    );

  const { source, folder, code } = plan.data;
  return (
    <Page
      title="Export"
      lead={
        <>
          A corrected copy of <code>{source}</code>, which stays as it is.
        </>
      }
    >
      <h2 className={classes.title}>What changes</h2>
      {plan.error && <ErrorNotice title="It cannot be said what would be written." error={plan.error} />}
      <WhatChanges project={project} plan={plan.data} />
      <h2 className={classes.title}>What is written</h2>
      <Choices
        project={project}
        plan={plan.data}
        chosen={chosen}
        where={where}
        onChoose={choose}
        onAllRows={() => setParams({}, { replace: true })}
      />
      <p>
        Beside the data: <code>changes.csv</code> with every change, the recipe <code>corrections.jsonl</code>
        , the log of decisions, a data card <code>README.md</code> and checksums, all in <code>{folder}</code>
        .
      </p>
      <Group gap="sm" my="md">
        <Button loading={write.isPending && !write.variables} onClick={() => write.mutate(false)}>
          Write the files
        </Button>
        <Button
          variant="default"
          loading={write.isPending && write.variables}
          onClick={() => write.mutate(true)}
        >
          Try without writing
        </Button>
      </Group>
      {write.error && <ErrorNotice title="Nothing was written." error={write.error} />}
      {write.data && <Written made={write.data} isDry={write.data.isDry} />}
      <CodeTwins does="makes this export" code={code} />
    </Page>
  );
}
