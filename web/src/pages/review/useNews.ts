import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import type { DecisionQueue } from "./queue";
import { refreshOthers } from "./useDecisions";
import type { Rows } from "./useRows";

const EVERY_MS = 3000;

/** What other people and windows decide is shown a moment later; and once the server is back, what waited is sent. */
export function useNews(project: string, queue: DecisionQueue, { receive }: Pick<Rows, "receive">) {
  const client = useQueryClient();
  const since = useRef<number | undefined>(undefined);
  useQuery({
    queryKey: ["review-rows", "news", project],
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    staleTime: 0,
    retry: false,
    queryFn: async () => {
      const query = { since: since.current ?? null };
      const { cursor, lines } = await dataOf(
        api.GET("/api/projects/{project}/changes", { params: { path: { project }, query } }),
      );
      since.current = cursor;
      if (queue.snapshot().isDisconnected) void queue.flush();
      if (lines.some(({ decision }) => !decision || !queue.isOwn(decision.event_id))) {
        receive(lines);
        refreshOthers(client, lines);
      }
      return cursor;
    },
  });
}
