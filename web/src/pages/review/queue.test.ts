import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { DecisionQueue } from "./queue";
import type { Changed, DecisionIn } from "./types";

const decision = (row: number): DecisionIn => ({
  id: row.toString(16).padStart(32, "0"),
  row,
  column: "label",
  kind: "keep",
  new: null,
  reason: "",
  stream: "worst",
  twins: [],
});
const changed: Changed = {
  at: null,
  by: null,
  lines: [],
  n_events: 1,
  what: "Keep: row 1.",
  progress: { n_flagged: 9, n_open: 8, n_decided: 1, n_found: 0 },
};
const answers = () => vi.fn<(decisions: DecisionIn[]) => Promise<Changed>>(() => Promise.resolve(changed));
const rowsOf = (post: ReturnType<typeof answers>) =>
  post.mock.calls.map(([sent]) => sent.map(({ row }) => row));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is decided within a moment goes as one batch, and is heard of", async () => {
  const post = answers();
  const queue = new DecisionQueue("p", post);
  const heard = vi.fn();
  queue.onSent(heard);
  queue.add(decision(1));
  queue.add(decision(2));
  expect(queue.snapshot().pending).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(500);
  expect(rowsOf(post)).toEqual([[1, 2]]);
  expect(heard).toHaveBeenCalledWith(changed);
  expect(queue.snapshot().pending).toEqual([]);
  expect(localStorage).toHaveLength(0);
});

test("without a server decisions are kept, and sent when it is back", async () => {
  const post = answers().mockRejectedValueOnce(new ApiError(0, "silence"));
  const queue = new DecisionQueue("p", post);
  queue.add(decision(1));
  await vi.advanceTimersByTimeAsync(200);
  expect(queue.snapshot()).toMatchObject({ isDisconnected: true, obstacle: null, pending: [{ row: 1 }] });
  expect(localStorage).toHaveLength(1);
  queue.add(decision(2));
  await vi.advanceTimersByTimeAsync(2000);
  expect(rowsOf(post)).toEqual([[1], [1, 2]]);
  expect(queue.snapshot()).toMatchObject({ isDisconnected: false, pending: [] });
});

test("a server that cannot take decisions now says why, until it can", async () => {
  const post = answers().mockRejectedValueOnce(new ApiError(507, "The disk is full."));
  const queue = new DecisionQueue("p", post);
  queue.add(decision(1));
  await vi.advanceTimersByTimeAsync(200);
  expect(queue.snapshot()).toMatchObject({ obstacle: "The disk is full.", pending: [{ row: 1 }] });
  await vi.advanceTimersByTimeAsync(2000);
  expect(queue.snapshot()).toMatchObject({ isDisconnected: false, obstacle: null, pending: [] });
});

test("what an earlier window left unsent is sent, that of other projects is not", async () => {
  const never = () => Promise.reject(new ApiError(0, "silence"));
  new DecisionQueue("p", never).add(decision(1));
  new DecisionQueue("other", never).add(decision(2));
  vi.clearAllTimers();
  const post = answers();
  new DecisionQueue("p", post);
  await vi.advanceTimersByTimeAsync(500);
  expect(rowsOf(post)).toEqual([[1]]);
});

test("one that the server refuses is named and does not hold up the others", async () => {
  const post = answers().mockImplementation((sent) =>
    sent.some(({ row }) => row === 1)
      ? Promise.reject(new ApiError(422, "There is no row 1."))
      : Promise.resolve(changed),
  );
  const queue = new DecisionQueue("p", post);
  [1, 2, 3].forEach((row) => queue.add(decision(row)));
  await vi.advanceTimersByTimeAsync(5000);
  expect(queue.snapshot()).toEqual({
    pending: [],
    isDisconnected: false,
    obstacle: null,
    refusal: "There is no row 1.",
  });
  expect(rowsOf(post)).toEqual([[1, 2, 3], [1], [2, 3]]);
});

test("the newest can be taken back until it is on its way", async () => {
  const post = answers();
  const queue = new DecisionQueue("p", post);
  queue.add(decision(1));
  queue.add(decision(2));
  expect(queue.takeBack()?.row).toBe(2);
  const sent = queue.flush();
  expect(queue.takeBack()).toBeNull();
  expect(await sent).toBe(true);
  expect(rowsOf(post)).toEqual([[1]]);
});
