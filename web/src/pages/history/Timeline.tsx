import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import { projectPath } from "../../app/useProject";
import { CodeTwins } from "../../parts/CodeTwins";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { dataOf } from "../../api/dataOf";
import { BatchItem } from "./BatchItem";
import classes from "./HistoryPage.module.css";
import type { Batch } from "./types";
import { UndoDialog } from "./UndoDialog";
import { byDay, counted } from "./words";

const PAGE = 50;

/** What was done, moment by moment, the newest first. */
export function Timeline({ project }: { project: string }) {
  const [undoing, setUndoing] = useState<Batch | null>(null);
  const history = useInfiniteQuery({
    queryKey: ["history", project],
    queryFn: ({ pageParam: offset }) =>
      dataOf(
        api.GET("/api/projects/{project}/history", {
          params: { path: { project }, query: { offset, limit: PAGE } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => (pages.length * PAGE < total ? pages.length * PAGE : undefined),
    refetchOnMount: "always",
  });
  if (history.error)
    return (
      <ErrorNotice
        title="The history could not be read."
        error={history.error}
        onRetry={() => void history.refetch()}
      />
    );
  const first = history.data?.pages[0];
  if (!first) return <p role="status">Reading the history…</p>;
  if (first.total === 0)
    return (
      <EmptyState
        title="Nothing was decided yet"
        actions={<Link to={projectPath(project, "review")}>Go to Review</Link>}
      >
        What you decide in Review and Bulk fix will stand here, and any of it can be taken back.
      </EmptyState>
    );
  const days = byDay(history.data?.pages.flatMap(({ batches }) => batches) ?? []);

  return (
    <section aria-label="Timeline">
      <p className={classes.soft}>
        {counted(first.total, "step")}, {counted(first.n_events, "event")} in the log
      </p>
      {[...days].map(([day, batches]) => (
        <section key={day} aria-label={day}>
          <h2 className={classes.day}>{day}</h2>
          <ol className={classes.timeline}>
            {batches.map((batch) => (
              <BatchItem
                key={batch.event_id}
                project={project}
                batch={batch}
                onUndo={() => setUndoing(batch)}
              />
            ))}
          </ol>
        </section>
      ))}
      {history.hasNextPage && (
        <Button
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show earlier steps
        </Button>
      )}
      <div className={classes.away}>
        <a href={`/api/projects/${encodeURIComponent(project)}/history/log`} download="decisions.jsonl">
          Download the log as a recipe
        </a>
        <CodeTwins does="repeats these decisions elsewhere" code={first.code} />
      </div>
      {undoing && <UndoDialog project={project} batch={undoing} onClose={() => setUndoing(null)} />}
    </section>
  );
}
