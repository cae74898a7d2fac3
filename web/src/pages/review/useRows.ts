import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { isDecision, withPending } from "./pending";
import type { DecisionIn, RowLine } from "./types";

export const PAGE = 100;
const MOST_PAGES = 12; // that are watched at once; others stay where they are kept until they are wanted again

/** The rows under the conditions, loaded in pages. Those that are decided stay where they are until the next visit. */
export function useRows(
  project: string,
  where: readonly string[],
  sort: string,
  pending: readonly DecisionIn[],
) {
  const client = useQueryClient();
  const [visit] = useState(() => crypto.randomUUID());
  const [wanted, setWanted] = useState<readonly number[]>([0]);
  const [changes, setChanges] = useState<ReadonlyMap<number, RowLine>>(new Map());

  const optionsOf = (page: number) => ({
    queryKey: ["review-rows", visit, project, where, sort, page],
    queryFn: async () => {
      const offset = Math.max(0, page * PAGE - decidedBefore(page));
      const query = { where: [...where], sort, offset, limit: PAGE };
      return dataOf(api.GET("/api/projects/{project}/rows", { params: { path: { project }, query } }));
    },
  });

  // The server leaves out what was decided since the first page came: later pages begin that much earlier.
  function decidedBefore(page: number): number {
    if (!where.includes("decision=open")) return 0;
    let n = 0;
    for (let before = 0; before < page; before++) {
      const found = client.getQueryData<{ rows: RowLine[] }>(optionsOf(before).queryKey);
      n += found?.rows.filter(({ row }) => changes.get(row)?.decision).length ?? 0;
    }
    return n;
  }

  const results = useQueries({ queries: wanted.map(optionsOf) });
  const first = results[0];
  const pages = new Map(wanted.map((page, index) => [page, results[index]?.data?.rows]));
  const decided = useMemo(() => new Map(pending.filter(isDecision).map((one) => [one.row, one])), [pending]);

  const current = (line: RowLine) => withPending(changes.get(line.row) ?? line, decided.get(line.row));
  const lineAt = (index: number): RowLine | undefined => {
    const line = pages.get(Math.floor(index / PAGE))?.[index % PAGE];
    return line && current(line);
  };
  const indexOf = (row: number): number => {
    for (const [page, lines] of pages) {
      const place = lines?.findIndex((line) => line.row === row) ?? -1;
      if (place >= 0) return page * PAGE + place;
    }
    return -1;
  };
  const want = useCallback(
    (from: number, to: number) =>
      setWanted((before) => {
        const missing = [];
        for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++)
          if (!before.includes(page)) missing.push(page);
        return missing.length ? [0, ...[...before.slice(1), ...missing].slice(1 - MOST_PAGES)] : before;
      }),
    [],
  );
  const load = async (index: number): Promise<RowLine | undefined> => {
    want(index, index);
    const { rows } = await client.query({ ...optionsOf(Math.floor(index / PAGE)), staleTime: "static" });
    const line = rows[index % PAGE];
    return line && current(line);
  };
  const receive = useCallback(
    (lines: readonly RowLine[]) =>
      setChanges((before) => new Map([...before, ...lines.map((line) => [line.row, line] as const)])),
    [],
  );

  return {
    total: first?.data?.total ?? 0,
    columns: first?.data?.columns ?? [],
    isPending: first?.isPending ?? true,
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => results.forEach((result) => result.error && void result.refetch()),
    current,
    lineAt,
    indexOf,
    want,
    load,
    receive,
  };
}

export type Rows = ReturnType<typeof useRows>;
