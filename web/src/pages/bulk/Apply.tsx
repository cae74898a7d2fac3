import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { useKeyActions } from "../../keys/useKeys";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { KeyHint } from "../../parts/KeyHint";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import classes from "./BulkPage.module.css";
import type { Changed, Preview, Scope } from "./types";
import type { Answers } from "./useAnswers";

/** So many answers make a look; fewer where the whole sample is smaller. */
const ENOUGH = 20;

interface Props {
  project: string;
  scope: Scope;
  preview: Preview;
  answers: Answers;
  /** Whether what is shown is not what the form says by now. */
  isStale: boolean;
  onDone: (changed: Changed) => void;
}

/** The reason, and the button that changes the rows once a sample was looked at. */
export function Apply({ project, scope, preview, answers, isStale, onDone }: Props) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const [reason, setReason] = useState("");
  const [isUnseen, setIsUnseen] = useState(false);
  const enough = Math.min(ENOUGH, preview.sample.length);
  const { wrong } = answers;
  const n = preview.n_changed - wrong.length;
  const apply = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/projects/{project}/bulk/apply", {
          params: { path: { project } },
          body: { ...scope, n_changed: preview.n_changed, reason, n_looked: answers.n, wrong: [...wrong] },
        }),
      ),
    onSuccess: (changed) => {
      announce(`${formatCount(changed.n_events)} rows changed. Undo is at the top of the page, by Z.`);
      onDone(changed);
      void client.invalidateQueries();
    },
  });
  const isReady = !isStale && !apply.isPending && n > 0 && (answers.n >= enough || isUnseen);
  useKeyActions({ applyBulk: isReady ? () => apply.mutate() : undefined });

  return (
    <div className={classes.form}>
      {answers.n < enough && (
        <Checkbox
          label="Apply without a look at the sample"
          description={`Or answer ${enough - answers.n} more above.`}
          checked={isUnseen}
          onChange={(event) => setIsUnseen(event.currentTarget.checked)}
        />
      )}
      {wrong.length > 0 && (
        <p className={classes.note}>
          {wrong.length === 1
            ? "The row that you found wrong stays as it is."
            : `The ${formatCount(wrong.length)} rows that you found wrong stay as they are.`}
        </p>
      )}
      <TextInput
        label="Why"
        description="Kept with the change, for who comes after you."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {apply.error && <ErrorNotice title="Nothing was changed." error={apply.error} />}
      <Button
        className={classes.apply}
        variant="light"
        disabled={!isReady}
        loading={apply.isPending}
        onClick={() => apply.mutate()}
        rightSection={<KeyHint action="applyBulk" />}
      >
        Change {formatCount(n)} {n === 1 ? "row" : "rows"}
      </Button>
    </div>
  );
}
