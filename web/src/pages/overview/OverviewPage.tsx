import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import type { ProjectState } from "../../app/projectQuery";
import { rowsPath } from "../../app/rowsPath";
import { sampleInvitation, samplePath } from "../../app/samplePath";
import { WithProject } from "../../app/WithProject";
import { CodeTwins } from "../../parts/CodeTwins";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Page } from "../../parts/Page";
import { Checks } from "./Checks";
import { Classes } from "./Classes";
import { Confusions } from "./Confusions";
import { Groups } from "./Groups";
import { HowFound } from "./HowFound";
import { LeadCard } from "./LeadCard";
import { Numbers } from "./Numbers";
import classes from "./OverviewPage.module.css";
import { Section } from "./Section";

/** How much looks wrong, how sure that is, where to begin, and what became of it. */
export function OverviewPage() {
  return (
    <WithProject title="Overview">
      {(project, state) => <OpenOverview project={project} media={state.media} />}
    </WithProject>
  );
}

function OpenOverview({ project, media }: { project: string; media: ProjectState["media"] }) {
  const query = useQuery({
    queryKey: ["overview", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/overview", { params: { path: { project } } })),
    refetchOnMount: "always",
  });
  const overview = query.data;
  if (!overview)
    return (
      <Page title="Overview">
        {query.error ? (
          <ErrorNotice
            title="The overview could not be read."
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <p role="status">Counting what was found…</p>
        )}
      </Page>
    );

  const { leads, progress, reckoning } = overview;
  return (
    <Page
      title="Overview"
      heading={overview.headline}
      lead={[overview.how_sure, overview.besides].filter(Boolean).join(" ")}
      actions={
        <div className={classes.ways}>
          {progress.n_open > 0 && (
            <Button component={Link} to={rowsPath(project, ["flagged=yes", "decision=open"])}>
              Review the worst first
            </Button>
          )}
          {reckoning && (
            <Button component={Link} variant="default" to={samplePath(project)}>
              {sampleInvitation(reckoning)}
            </Button>
          )}
        </div>
      }
    >
      <Numbers project={project} overview={overview} />
      {leads.length > 0 && (
        <Section title="Start here">
          <ul className={classes.cards}>
            {leads.map((lead) => (
              <LeadCard key={lead.where.join("\n")} project={project} media={media} lead={lead} />
            ))}
          </ul>
        </Section>
      )}
      <Checks project={project} overview={overview} />
      <Classes project={project} overview={overview} />
      <Confusions project={project} overview={overview} />
      {overview.groups.map((table) => (
        <Groups key={table.field} project={project} table={table} />
      ))}
      <HowFound overview={overview} />
      <CodeTwins does="gives this overview" code={overview.code} />
    </Page>
  );
}
