import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import { useAnnounce } from "../../parts/useAnnounce";
import { detailQuery } from "./detailQuery";
import type { Address } from "./useAddress";
import type { Rows } from "./useRows";

const MOST_STEPS = 5000;
const AHEAD = 5;

/** Which row is selected, where it stands, and how to come to another. */
export function useSelection(
  project: string,
  { where, sort, row: named, setRow, visit }: Address,
  rows: Rows,
) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const skipped = useRef(new Set<number>());
  const [isFinished, setIsFinished] = useState(false);
  const row = named ?? rows.lineAt(0)?.row ?? null;
  const known = row === null ? -1 : rows.indexOf(row);
  const position = useQuery({
    queryKey: ["review-rows", "position", project, where, sort, row],
    queryFn: async () => {
      const query = { row: row ?? 0, where: [...where], sort };
      const { data } = await api.GET("/api/projects/{project}/position", {
        params: { path: { project }, query },
      });
      return data ?? null;
    },
    enabled: row !== null && known < 0 && !rows.isPending,
  });
  const index = known >= 0 ? known : (position.data ?? -1);

  // A page that is slow to draw the next row still shows the one before: what is pressed then is not meant for it.
  const wanted = useRef(row);
  useEffect(() => {
    wanted.current = row;
  }, [row]);
  const open = (next: number) => {
    wanted.current = next;
    setIsFinished(false);
    setRow(next);
  };

  // Some rows ahead, so that deciding goes on while the server is away.
  const ahead = Array.from({ length: AHEAD }, (_, step) => rows.lineAt(index + step + 1)?.row).join();
  useEffect(() => {
    const load = async () => {
      for (const next of ahead.split(",").filter(Boolean))
        await client.query({ ...detailQuery(project, Number(next)), retry: false });
    };
    load().catch(() => undefined);
  }, [client, project, ahead]);

  const select = async (at: number) => {
    if (at < 0 || at >= rows.total) return;
    const line = rows.lineAt(at) ?? (await rows.load(at));
    if (line) open(line.row);
  };
  /** The next row that nobody has decided about, from the top again after the last; those that were skipped at the end. */
  const advance = async () => {
    for (const isPassed of [(one: number) => skipped.current.has(one), () => false]) {
      for (let step = 1; step <= Math.min(rows.total, MOST_STEPS); step++) {
        const at = (index + step) % rows.total;
        const line = rows.lineAt(at) ?? (await rows.load(at));
        if (line && line.row !== row && !line.decision && !isPassed(line.row)) {
          open(line.row);
          return;
        }
      }
    }
    setIsFinished(true);
    announce("No other row here is open.");
  };

  return {
    row,
    index,
    /** Whether somebody wanted to go on and no other row is open. */
    isFinished,
    select: (at: number) => void select(at),
    move: (by: number) => void select(index + by),
    advance: () => void advance(),
    skip: () => {
      if (row !== null) skipped.current.add(row);
      void advance();
    },
    open,
    isWanted: (one: number) => wanted.current === null || wanted.current === one,
    visit,
  };
}

export type Selection = ReturnType<typeof useSelection>;
