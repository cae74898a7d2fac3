import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import { sentenceOf } from "../../api/errors";
import { useKeys } from "../../keys/useKeys";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import { decisionOf } from "./decide";
import type { DecisionQueue } from "./queue";
import type { Changed, Decided, DecisionIn, Finding, RowLine } from "./types";
import { announcementOf } from "./words";

const ROW = "/api/projects/{project}/rows/{row}";

/** What a screen does about decisions: where they are shown, and which row comes next. */
export interface Course {
  /** Show rows as the server has them now. */
  receive: (lines: readonly RowLine[]) => void;
  /** How many rows are left once something is decided about this one. */
  left: (line: RowLine) => number;
  advance: () => void;
  open: (row: number) => void;
  /** Whether a row is the one to decide about: the one before may still be shown. */
  isWanted: (row: number) => boolean;
}

/** Deciding, taking back and doing again, each shown at once. */
export function useDecisions(project: string, queue: DecisionQueue, course: Course) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const keys = useKeys();
  const takenBack = useRef<DecisionIn[]>([]);
  const [last, setLast] = useState<Decided | null>(null);
  const path = { params: { path: { project } } };

  const { receive } = course;
  useEffect(
    () =>
      queue.onSent((changed) => {
        receive(changed.lines);
        refreshOthers(client, changed.lines);
      }),
    [queue, receive, client],
  );

  const decide = (line: RowLine, finding: Finding, made: Decided, isLast: boolean) => {
    if (!course.isWanted(line.row)) return;
    takenBack.current = [];
    const n = course.left(line);
    setLast(made);
    queue.add(decisionOf(line, finding, made));
    announce(announcementOf(line.row, made, finding.given, n));
    keys.hold();
    if (isLast) course.advance();
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
    if (first) course.open(first.row);
  };
  const undo = async () => {
    const unsent = queue.takeBack();
    if (unsent) {
      takenBack.current.push(unsent);
      announce(`Taken back: row ${unsent.row}.`);
      course.open(unsent.row);
    } else if (await queue.flush()) {
      show(await dataOf(api.POST("/api/projects/{project}/undo", path)));
    }
  };
  const redo = async () => {
    const unsent = takenBack.current.pop();
    if (unsent) {
      queue.add(unsent);
      announce(`Done again: row ${unsent.row}.`);
      course.open(unsent.row);
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
