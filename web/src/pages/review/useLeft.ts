import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import type { DecisionQueue } from "./queue";
import type { RowLine } from "./types";

/** How many flagged rows nobody has decided about, once the one in front is decided. */
export function useLeft(project: string, queue: DecisionQueue, total: number): (line: RowLine) => number {
  const progress = useQuery({
    queryKey: ["review-progress", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/progress", { params: { path: { project } } })),
  });
  return (line) => {
    const waiting = new Set(queue.snapshot().pending.map((one) => one.row));
    return Math.max(0, (progress.data?.n_open ?? total) - waiting.size - (line.decision ? 0 : 1));
  };
}
