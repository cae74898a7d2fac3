import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { rowsPath } from "../../../app/rowsPath";
import { useKeys } from "../../../keys/useKeys";
import { useAnnounce } from "../../../parts/useAnnounce";
import type { DecisionQueue } from "../queue";
import type { Deciding } from "../types";
import { useDecisions, type Course } from "../useDecisions";
import { useNews } from "../useNews";
import { useOverruling } from "../useOverruling";
import type { Sample } from "./types";

const ignore = () => undefined;

/** Answering the question in front; the server draws the next one, so that keys wait until it is there. */
export function useAnswering(
  project: string,
  queue: DecisionQueue,
  sample: Sample | undefined,
  isWaiting: boolean,
): Deciding {
  const announce = useAnnounce();
  const keys = useKeys();
  const navigate = useNavigate();
  const course: Course = {
    receive: ignore,
    left: () => Math.max(0, (sample?.goal ?? 0) - (sample?.n_judged ?? 0) - 1),
    advance: ignore,
    open: ignore,
    isWanted: (shown) => !isWaiting && shown === sample?.question?.line.row,
  };
  const decisions = useDecisions(project, queue, course);
  const overruling = useOverruling();
  useNews(project, queue, course);

  const row = sample?.question?.line.row;
  useEffect(() => keys.hold(), [keys, row]);

  const { goal, headline } = sample ?? {};
  const reached = useRef(goal);
  useEffect(() => {
    if (reached.current !== undefined && goal !== undefined && goal > reached.current && headline)
      announce(headline);
    reached.current = goal;
  }, [goal, headline, announce]);

  return {
    ...decisions,
    ...overruling,
    decide: (...decision) => {
      decisions.decide(...decision);
      void queue.flush();
    },
    visit: (other) => void navigate(`${rowsPath(project, [])}&row=${other}`),
  };
}
