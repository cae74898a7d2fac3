import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "../../api/client";
import { sentenceOf } from "../../api/errors";
import { useKeys } from "../../keys/useKeys";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import { decisionOf } from "./decide";
import type { DecisionQueue } from "./queue";
import type { Changed, Decided, DecisionIn, Finding, RowLine } from "./types";
import type { Rows } from "./useRows";
import type { Selection } from "./useSelection";
import { announcementOf } from "./words";

/** Deciding, taking back and doing again, each shown at once. */
export function useDecisions(project: string, queue: DecisionQueue, rows: Rows, selection: Selection) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const keys = useKeys();
  const takenBack = useRef<DecisionIn[]>([]);
  const path = { params: { path: { project } } };
  const progress = useQuery({
    queryKey: ["review-progress", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/progress", path)),
  });

  const { receive } = rows;
  useEffect(
    () =>
      queue.onSent((changed) => {
        receive(changed);
        refreshOthers(client);
      }),
    [queue, receive, client],
  );

  const left = (line: RowLine) => {
    const waiting = new Set(queue.snapshot().pending.map((one) => one.row));
    return Math.max(0, (progress.data?.n_open ?? rows.total) - waiting.size - (line.decision ? 0 : 1));
  };
  const decide = (line: RowLine, finding: Finding, made: Decided, isLast: boolean) => {
    takenBack.current = [];
    const n = left(line);
    queue.add(decisionOf(line.row, finding, made));
    announce(announcementOf(line.row, made, finding.given, n));
    keys.hold();
    if (isLast) selection.advance();
  };
  const show = (changed: Changed) => {
    receive(changed);
    refreshOthers(client);
    announce(changed.what);
    const first = changed.lines[0];
    if (first) selection.open(first.row);
  };
  const undo = async () => {
    const unsent = queue.takeBack();
    if (unsent) {
      takenBack.current.push(unsent);
      announce(`Taken back: row ${unsent.row}.`);
      selection.open(unsent.row);
    } else if (await queue.flush()) {
      show(await dataOf(api.POST("/api/projects/{project}/undo", path)));
    }
  };
  const redo = async () => {
    const unsent = takenBack.current.pop();
    if (unsent) {
      queue.add(unsent);
      announce(`Done again: row ${unsent.row}.`);
      selection.open(unsent.row);
    } else if (await queue.flush()) {
      show(await dataOf(api.POST("/api/projects/{project}/redo", path)));
    }
  };
  const say = (error: unknown) => announce(sentenceOf(error));

  return { decide, undo: () => void undo().catch(say), redo: () => void redo().catch(say) };
}

/** Counts and details follow; the rows in view stay. */
function refreshOthers(client: ReturnType<typeof useQueryClient>) {
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== "review-rows";
  void client.invalidateQueries({ predicate });
}
