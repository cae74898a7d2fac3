import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useKeyActions, useKeys } from "../../keys/useKeys";
import { Correction } from "../../parts/Correction";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { KeyHint } from "../../parts/KeyHint";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import { detailQuery } from "../review/detailQuery";
import { Example } from "../review/Example";
import classes from "./BulkPage.module.css";
import { LikelyRight } from "./LikelyRight";
import type { Plan } from "./scope";
import type { RowLine } from "./types";
import type { Answers } from "./useAnswers";

interface Props {
  project: string;
  plan: Plan;
  sample: readonly RowLine[];
  answers: Answers;
}

/** A few random rows of the change, one after the other: is it right for this one? */
export function QuickCheck({ project, plan, sample, answers }: Props) {
  const keys = useKeys();
  const card = useRef<HTMLElement>(null);
  const announce = useAnnounce();
  const known = new Set([...answers.right, ...answers.wrong]);
  const left = sample.filter(({ row }) => !known.has(row));
  const line = left[0];
  const detail = useQuery({ ...detailQuery(project, line?.row ?? 0), enabled: line !== undefined });
  const next = left[1]?.row;
  useQuery({ ...detailQuery(project, next ?? 0), enabled: next !== undefined });

  const say = (isRight: boolean) => {
    if (!line) return;
    if (!isInView(card.current)) {
      card.current?.scrollIntoView({ block: "center" }); // nobody judges a row unseen
      return;
    }
    answers.answer(line.row, isRight);
    keys.hold();
    announce(`Row ${line.row} ${isRight ? "right" : "wrong"}, ${left.length - 1} left`);
  };
  const back = () => {
    const row = answers.back();
    if (row !== undefined) announce(`Answer about row ${row} taken back`);
  };
  useKeyActions({
    ...(line && { yes: () => say(true), no: () => say(false) }),
    ...(answers.n > 0 && { undo: back }),
  });

  return (
    <div className={classes.check}>
      {line ? (
        <article ref={card} className={classes.card} aria-label={`Row ${line.row} of the sample`}>
          <p className={classes.soft}>
            {answers.n + 1} of {sample.length} · row {formatCount(line.row)}
          </p>
          <p className={classes.question}>
            <ChangeOf line={line} plan={plan} />
          </p>
          {detail.error && (
            <ErrorNotice
              title="The row could not be read."
              error={detail.error}
              onRetry={() => void detail.refetch()}
            />
          )}
          <div className={classes.content}>
            {detail.data && <Example project={project} row={line.row} cells={detail.data.cells} />}
          </div>
        </article>
      ) : (
        <p>All {sample.length} rows are answered.</p>
      )}
      <div className={classes.buttons} role="group" aria-label="Is the change right?">
        <Button
          variant="light"
          disabled={!line}
          onClick={() => say(true)}
          rightSection={<KeyHint action="yes" />}
        >
          Right
        </Button>
        <Button
          disabled={!line}
          color="minium"
          variant="light"
          onClick={() => say(false)}
          rightSection={<KeyHint action="no" />}
        >
          Wrong
        </Button>
        <Button
          disabled={answers.n === 0}
          variant="default"
          onClick={back}
          rightSection={<KeyHint action="undo" />}
        >
          Back
        </Button>
      </div>
      <LikelyRight project={project} nRight={answers.right.length} n={answers.n} />
    </div>
  );
}

function isInView(element: Element | null): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.top >= 0 && box.top <= 0.7 * window.innerHeight;
}

function ChangeOf({ line, plan }: { line: RowLine; plan: Plan }) {
  const given = line.given ?? "none";
  if (plan.action === "exclude") return <>Leave this row out?</>;
  if (plan.action === "keep")
    return (
      <>
        Is <strong>{given}</strong> right?
      </>
    );
  const suggested = plan.action === "accept" ? (line.suggested ?? "none") : plan.value;
  return (
    <>
      Is this right? <Correction given={given} suggested={suggested} />
    </>
  );
}
