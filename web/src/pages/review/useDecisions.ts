import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
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

const ROW = "/api/projects/{project}/rows/{row}";

/** Deciding, taking back and doing again, each shown at once. */
export function useDecisions(project: string, queue: DecisionQueue, rows: Rows, selection: Selection) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const keys = useKeys();
  const takenBack = useRef<DecisionIn[]>([]);
  const [last, setLast] = useState<Decided | null>(null);
  const path = { params: { path: { project } } };
  const progress = useQuery({
    queryKey: ["review-progress", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/progress", path)),
  });

  const { receive } = rows;
  useEffect(
    () =>
      queue.onSent((changed) => {
        receive(changed.lines);
        refreshOthers(client, changed.lines);
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
    setLast(made);
    queue.add(decisionOf(line, finding, made));
    announce(announcementOf(line.row, made, finding.given, n));
    keys.hold();
    if (isLast) selection.advance();
  };
  const comment = (line: RowLine, finding: Finding, made: Decided) => {
    queue.add(decisionOf(line, { ...finding, twins: [] }, made));
    announce(`Comment on row ${line.row} kept.`);
  };
  const show = (changed: Changed) => {
    receive(changed.lines);
    refreshOthers(client, changed.lines);
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
  const withdraw = async ({ row }: RowLine, column: string | null) => {
    if (!(await queue.flush())) return;
    const detail = await dataOf(api.GET(ROW, { params: { path: { project, row } } }));
    const found = detail.decisions.find((one) => one.column === column);
    if (!found) return;
    const body = { at: found.at, by: found.by, event_id: found.event_id, later: [] };
    show(await dataOf(api.POST("/api/projects/{project}/history/undo", { ...path, body })));
  };
  const say = (error: unknown) => announce(sentenceOf(error));

  return {
    last,
    decide,
    comment,
    withdraw: (line: RowLine, column: string | null) => void withdraw(line, column).catch(say),
    undo: () => void undo().catch(say),
    redo: () => void redo().catch(say),
  };
}

/** Counts follow, and the details of the rows that changed; the rows in view stay. */
export function refreshOthers(client: QueryClient, lines: readonly RowLine[]) {
  const changed = new Set<unknown>(lines.map(({ row }) => row));
  const predicate = ({ queryKey: [kind, , row] }: { queryKey: readonly unknown[] }) =>
    kind === "review-detail" ? changed.has(row) : kind !== "review-rows";
  void client.invalidateQueries({ predicate });
}
