import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { ProjectState } from "../../app/projectQuery";
import { CodeTwins } from "../../parts/CodeTwins";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Page } from "../../parts/Page";
import { dataOf } from "../../api/dataOf";
import { ActionForm } from "./ActionForm";
import { Apply } from "./Apply";
import classes from "./BulkPage.module.css";
import { Done } from "./Done";
import { Guard } from "./Guard";
import { PreviewBox } from "./PreviewBox";
import { QuickCheck } from "./QuickCheck";
import { ScopeForm } from "./ScopeForm";
import { scopeOf } from "./scope";
import type { Changed } from "./types";
import { useAnswers } from "./useAnswers";
import { usePlan } from "./usePlan";

interface Props {
  project: string;
  state: ProjectState;
}

/** The steps of a change of many rows, one under the other. */
export function BulkDesk({ project, state }: Props) {
  const [plan, change] = usePlan();
  const [done, setDone] = useState<Changed | null>(null);
  const scope = scopeOf(plan);
  const preview = useQuery({
    queryKey: ["bulk-preview", project, scope],
    queryFn:
      scope === null
        ? skipToken
        : () =>
            dataOf(
              api.POST("/api/projects/{project}/bulk/preview", {
                params: { path: { project } },
                body: scope,
              }),
            ),
    placeholderData: keepPreviousData,
    refetchOnMount: "always",
  });
  const answers = useAnswers(JSON.stringify([project, scope]));
  const shown = scope === null ? undefined : preview.data;

  return (
    <Page
      title="Bulk fix"
      lead="Many rows in one step, after a look at a random few of them. It can be undone."
    >
      {done && <Done project={project} done={done} onUndone={() => void preview.refetch()} />}
      <div className={classes.steps}>
        <section className={classes.step} aria-labelledby="bulk-which">
          <h2 id="bulk-which">1. Which rows</h2>
          <ScopeForm project={project} plan={plan} onChange={change} />
        </section>
        <section className={classes.step} aria-labelledby="bulk-what">
          <h2 id="bulk-what">2. What becomes of them</h2>
          <ActionForm plan={plan} labels={state.classes} onChange={change} />
          {plan.action === "accept" && (
            <Guard
              project={project}
              certified={plan.certified}
              onChange={(certified) => change({ certified })}
            />
          )}
        </section>
      </div>
      <section className={classes.step} aria-labelledby="bulk-preview">
        <h2 id="bulk-preview">3. What it would do</h2>
        {preview.error && (
          <ErrorNotice
            title="The change could not be worked out."
            error={preview.error}
            onRetry={() => void preview.refetch()}
          />
        )}
        {scope === null && <p className={classes.soft}>Choose a class above.</p>}
        {shown && (
          <>
            <PreviewBox project={project} preview={shown} plan={plan} />
            <CodeTwins does="makes this change" code={shown.code} />
          </>
        )}
      </section>
      {scope && shown && shown.n_changed > 0 && !preview.error && (
        <>
          <section className={classes.step} aria-labelledby="bulk-check">
            <h2 id="bulk-check">4. A look at {shown.sample.length} of them</h2>
            <QuickCheck project={project} plan={plan} sample={shown.sample} answers={answers} />
          </section>
          <section className={classes.step} aria-labelledby="bulk-apply">
            <h2 id="bulk-apply">5. Do it</h2>
            <Apply
              project={project}
              scope={scope}
              preview={shown}
              answers={answers}
              isStale={preview.isPlaceholderData || preview.isFetching}
              onDone={(changed) => {
                setDone(changed);
                answers.clear();
              }}
            />
          </section>
        </>
      )}
      {shown?.n_changed === 0 && (
        <EmptyState title="No row would be changed">
          {shown.n_unsure > 0
            ? "None of these rows is certified yet. Answer more of the random sample in Review, or turn the guard off."
            : "Take a condition away, or choose another action. Rows that somebody decided about are never changed here."}
        </EmptyState>
      )}
    </Page>
  );
}
