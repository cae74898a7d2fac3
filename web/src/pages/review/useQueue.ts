import { useSyncExternalStore } from "react";
import { api } from "../../api/client";
import { DecisionQueue, type QueueState } from "./queue";
import { dataOf } from "../../api/dataOf";

const queues = new Map<string, DecisionQueue>();

/** The queue of a project: one a window, so that it goes on sending on other pages. */
export function queueOf(project: string): DecisionQueue {
  let queue = queues.get(project);
  if (!queue) {
    queue = new DecisionQueue(project, (body) =>
      dataOf(api.POST("/api/projects/{project}/decisions", { params: { path: { project } }, body })),
    );
    queues.set(project, queue);
  }
  return queue;
}

export function useQueue(project: string): [DecisionQueue, QueueState] {
  const queue = queueOf(project);
  return [queue, useSyncExternalStore(queue.subscribe, queue.snapshot)];
}
