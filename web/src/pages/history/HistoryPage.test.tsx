import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { HistoryPage } from "./HistoryPage";
import type { Batch } from "./types";
import { byDay, sentenceOf } from "./words";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const code = { python: "log.take_back(batch.events)", cli: "emendata decisions p --undo e1 --whole" };
const batch = (said: Partial<Batch> = {}): Batch => ({
  event_id: "e1",
  at: "2026-11-27T07:00:00.000001+00:00",
  by: "ann",
  action: "decided",
  kind: "relabel",
  column: "label",
  old: null,
  new: "boot",
  reason: "",
  source: "bulk",
  origin: "studio",
  stream: "bulk",
  checkpoint: null,
  n_events: 12,
  n_rows: 12,
  rows: [4, 2],
  is_undone: false,
  code,
  ...said,
});
const LATER = batch({
  event_id: "e2",
  at: "2026-11-27T08:00:00+00:00",
  by: "bob",
  n_rows: 1,
  rows: [4],
  new: "hat",
});
const BATCHES = [
  LATER,
  batch({ event_id: "e3", source: "note", checkpoint: "lunch", reason: "lunch", n_rows: 0, rows: [] }),
  batch({ reason: "seen thirty" }),
];

const ANSWERS: Record<string, () => unknown> = {
  "/api/projects/{project}": () => ({ status: "ready", message: "" }),
  "/api/projects/{project}/history": () => ({ total: 3, n_events: 14, batches: BATCHES, code }),
  "/api/projects/{project}/history/later": () => [LATER],
  "/api/projects/{project}/history/undo": () => ({ what: "Taken back: relabel, 12 rows.", lines: [] }),
  "/api/projects/{project}/checkpoints": () => [
    { name: "lunch", at: "2026-11-27T07:30:00+00:00", by: "ann" },
  ],
  "/api/projects/{project}/checkpoints/compare": () => ({
    n_rows: 2,
    lines: [],
    n_before: 3,
    n_after: 5,
    classes_before: { shoe: 4 },
    classes_after: { shoe: 2, boot: 2 },
    code,
  }),
  "/api/projects/{project}/checkpoints/back": () => ({ what: "Taken back.", lines: [] }),
};

beforeEach(() => {
  for (const call of [server.GET, server.POST])
    call.mockReset().mockImplementation((path: string) => Promise.resolve({ data: ANSWERS[path]?.() }));
});
const bodiesOf = (path: string) =>
  server.POST.mock.calls
    .filter(([called]) => called === path)
    .map(([, init]) => (init as { body: unknown }).body);

test("a step says what was done, by whom and why, and leads to its rows", async () => {
  renderPart(<HistoryPage />, "/projects/one/history");
  const rows = await screen.findByLabelText("Rows of: 12 rows relabelled to boot");
  const where = new URLSearchParams(rows.getAttribute("href")?.split("?")[1]).getAll("where");
  expect(where).toEqual(["batch=2026-11-27T07:00:00.000001+00:00"]);
  expect(screen.getByText("seen thirty")).toBeVisible();
  expect(screen.getByRole("link", { name: "Download the log as a recipe" })).toHaveAttribute(
    "href",
    "/api/projects/one/history/log",
  );
});

test("what was decided later stays unless it is ticked", async () => {
  renderPart(<HistoryPage />, "/projects/two/history");
  fireEvent.click(await screen.findByLabelText("Undo: 12 rows relabelled to boot"));
  const dialog = await screen.findByRole("dialog", { name: "Undo this step" });
  fireEvent.click(within(dialog).getByRole("checkbox", { name: "Row 4 relabelled to hat" }));
  fireEvent.click(within(dialog).getByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(bodiesOf("/api/projects/{project}/history/undo")).toEqual([
      { at: batch().at, by: "ann", later: [{ at: LATER.at, by: "bob" }] },
    ]),
  );
  await waitFor(() =>
    expect(screen.getByTestId("announcer")).toHaveTextContent("Taken back: relabel, 12 rows."),
  );
});

test("a checkpoint is set, compared with now, and gone back to after a question", async () => {
  renderPart(<HistoryPage />, "/projects/three/history");
  fireEvent.change(await screen.findByLabelText("Name this moment"), {
    target: { value: "evening" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Set a checkpoint" }));
  await waitFor(() => expect(bodiesOf("/api/projects/{project}/checkpoints")).toEqual([{ name: "evening" }]));
  expect(await screen.findByText(/2 rows differ; 3 decisions stood, then 5/)).toBeVisible();
  const classes = screen.getByRole("table", { name: "Rows by class, as corrected" });
  expect(within(classes).getByRole("row", { name: "boot 0 2" })).toBeVisible();
  fireEvent.click(await screen.findByLabelText("Go back to lunch"));
  const dialog = await screen.findByRole("dialog", { name: "Go back to lunch" });
  expect(dialog).toHaveTextContent("2 rows will stand as they did then");
  fireEvent.click(within(dialog).getByRole("button", { name: "Go back" }));
  await waitFor(() =>
    expect(bodiesOf("/api/projects/{project}/checkpoints/back")).toEqual([{ name: "lunch" }]),
  );
});

test("sentences fit one row, many, and what was taken back; days are in order", () => {
  expect(sentenceOf(batch({ n_rows: 1, rows: [1234], kind: "keep", new: null }))).toBe("Row 1,234 kept");
  expect(sentenceOf(batch({ old: "shoe" }))).toBe("12 rows relabelled: shoe to boot");
  expect(sentenceOf(batch({ action: "undone" }))).toBe("Taken back: 12 rows relabelled to boot");
  expect([...byDay(BATCHES)].map(([, all]) => all.length)).toEqual([3]);
});
