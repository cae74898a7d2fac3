import { Button, Checkbox, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { CodeTwins } from "../../parts/CodeTwins";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import classes from "./HistoryPage.module.css";
import type { Batch } from "./types";
import { formatTime, sentenceOf } from "./words";

interface Props {
  project: string;
  batch: Batch;
  onClose: () => void;
}

/** Before a step is taken back: what was decided later on the same rows, which stays unless it is ticked. */
export function UndoDialog({ project, batch, onClose }: Props) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { at, by } = batch;
  const later = useQuery({
    queryKey: ["history-later", project, at, by],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/history/later", {
          params: { path: { project }, query: { at, by } },
        }),
      ),
    refetchOnMount: "always",
  });
  const undo = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/projects/{project}/history/undo", {
          params: { path: { project } },
          body: {
            at,
            by,
            later: (later.data ?? [])
              .filter((other) => ticked.has(other.event_id))
              .map((other) => ({ at: other.at, by: other.by })),
          },
        }),
      ),
    onSuccess: (changed) => {
      announce(changed.what);
      void client.invalidateQueries();
      onClose();
    },
  });
  const toggle = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };

  if (later.isPending) return null; // so that the button is ready when the focus comes to it
  return (
    <Modal opened onClose={onClose} title="Undo this step" size="lg">
      <p className={classes.sentence}>{sentenceOf(batch)}</p>
      {later.error && <ErrorNotice title="What came later could not be read." error={later.error} />}
      {later.data && later.data.length > 0 && (
        <fieldset className={classes.later}>
          <legend>Decided later on the same rows. It stays unless you tick it:</legend>
          {later.data.map((other) => (
            <Checkbox
              key={other.event_id}
              label={sentenceOf(other)}
              description={`${formatTime(other.at)} · ${other.by}`}
              checked={ticked.has(other.event_id)}
              onChange={() => toggle(other.event_id)}
            />
          ))}
        </fieldset>
      )}
      {undo.error && <ErrorNotice title="It could not be taken back." error={undo.error} />}
      {batch.code && <CodeTwins does="takes this back" code={batch.code} />}
      <div className={classes.acts}>
        <Button data-autofocus loading={undo.isPending} onClick={() => undo.mutate()}>
          Undo
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </Modal>
  );
}
