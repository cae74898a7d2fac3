import { Link } from "react-router";
import { rowsPath } from "../../../app/rowsPath";
import { EmptyState } from "../../../parts/EmptyState";
import { ErrorNotice } from "../../../parts/ErrorNotice";
import { ConnectionBanner } from "../ConnectionBanner";
import { DecisionPanel } from "../DecisionPanel";
import type { ProjectState } from "../types";
import { useQueue } from "../useQueue";
import { Findings } from "./Findings";
import classes from "./Sample.module.css";
import { SampleMeter } from "./SampleMeter";
import { useAnswering } from "./useAnswering";
import { useSample } from "./useSample";

/** Rows that were drawn at random, one question after the other, and what the answers say of all labels. */
export function SampleDesk({ project, state }: { project: string; state: ProjectState }) {
  const [queue, sent] = useQueue(project);
  const query = useSample(project);
  const sample = query.data;
  const isWaiting = query.isFetching || sent.pending.length > 0;
  const deciding = useAnswering(project, queue, sample, isWaiting);
  const question = sample?.question;

  return (
    <div className={classes.sample}>
      <title>The random sample · emendata Studio</title>
      <section className={classes.ask} aria-labelledby="sample-title" aria-busy={isWaiting}>
        <h1 id="sample-title" className={classes.title} tabIndex={-1}>
          The random sample
        </h1>
        <p className={classes.lead}>
          Rows drawn at random, whether they look wrong or not: what you answer here tells how many labels are
          wrong in all. <Link to={rowsPath(project, OPEN)}>Back to the rows that look wrong</Link>
        </p>
        <ConnectionBanner state={sent} onRetry={() => void queue.flush()} />
        {query.error && (
          <ErrorNotice
            title="The sample cannot be asked."
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        )}
        {query.isPending && <p role="status">Drawing a row…</p>}
        {sample && <SampleMeter sample={sample} />}
        {question && (
          <>
            {question.findings[0]?.stream === "repeat" && (
              <p className={classes.again}>
                You answered this one before. It is asked again to see how far answers can be trusted: judge
                it afresh.
              </p>
            )}
            <DecisionPanel
              key={`${question.line.row} ${question.findings[0]?.stream ?? ""}`}
              project={project}
              state={state}
              detail={question}
              line={question.line}
              pending={sent.pending}
              deciding={deciding}
              isLarge
            />
          </>
        )}
        {sample && !question && (
          <EmptyState
            title="Every label was drawn"
            actions={<Link to={rowsPath(project, OPEN)}>Review what is still open</Link>}
          >
            Nothing is left to draw: what stands beside is known of all labels.
          </EmptyState>
        )}
      </section>
      {sample && <Findings project={project} sample={sample} />}
    </div>
  );
}

const OPEN = ["flagged=yes", "decision=open"];
