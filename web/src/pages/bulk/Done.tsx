import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import { rowsPath } from "../../app/rowsPath";
import { projectPath } from "../../app/useProject";
import { useKeyActions } from "../../keys/useKeys";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { KeyHint } from "../../parts/KeyHint";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import classes from "./BulkPage.module.css";
import type { Changed } from "./types";

interface Props {
  project: string;
  done: Changed;
  onUndone: () => void;
}

/** What was changed, and the way back. */
export function Done({ project, done, onUndone }: Props) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const box = useRef<HTMLElement>(null);
  const { at, by } = done;
  const undo = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/projects/{project}/history/undo", {
          params: { path: { project } },
          body: { at: at ?? "", by: by ?? "", later: [] },
        }),
      ),
    onSuccess: (changed) => {
      announce(changed.what);
      onUndone();
      void client.invalidateQueries();
    },
  });
  const takeBack = at !== null && !undo.isSuccess && !undo.isPending ? () => undo.mutate() : undefined;
  useKeyActions(takeBack ? { undo: takeBack } : {});
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [at]);

  return (
    <section ref={box} className={classes.done} aria-label="What was done">
      <p role="status">
        {undo.isSuccess
          ? "Taken back: the rows are as they were."
          : `${formatCount(done.n_events)} rows changed in one step.`}
      </p>
      {undo.error && <ErrorNotice title="It could not be taken back." error={undo.error} />}
      <div className={classes.buttons}>
        {takeBack && (
          <Button variant="default" onClick={takeBack} rightSection={<KeyHint action="undo" />}>
            Undo
          </Button>
        )}
        {at !== null && <Link to={rowsPath(project, [`batch=${at}`])}>Look at these rows</Link>}
        <Link to={projectPath(project, "history")}>See it in History</Link>
      </div>
    </section>
  );
}
