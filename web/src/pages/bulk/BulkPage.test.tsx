import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { BulkPage } from "./BulkPage";
import type { RowLine } from "./types";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const line = (row: number): RowLine => ({
  row,
  id: `r${row}`,
  cells: [],
  given: "shoe",
  suggested: "boot",
  probability: 0.9,
  score: 0.1,
  checks: ["wrong_label"],
  decision: null,
});
const SAMPLE = [4, 2, 7].map(line);
const preview = {
  n_chosen: 5,
  n_changed: 3,
  n_decided: 1,
  n_conflicts: 1,
  n_held_out: 1,
  n_without: 0,
  n_unsure: 0,
  before: { shoe: 3 },
  after: { boot: 3 },
  splits: [{ split: "test", n_chosen: 1, n_changed: 0 }],
  conflicts: [{ ...line(9), decision: { kind: "keep", new: null, by: "ann" } }],
  expected: 0.9,
  sample: SAMPLE,
  code: { python: "plan_bulk(...)", cli: "emendata decide p --accept" },
};
const progress = { n_flagged: 3, n_open: 3, n_decided: 0, n_found: 0 };
const changed = (what: string) => ({
  at: "2026-11-27T07:00",
  by: "ann",
  lines: [],
  n_events: 2,
  what,
  progress,
});

interface Init {
  params: { path: { row: number } };
  body?: Record<string, unknown>;
}
const ANSWERS: Record<string, (init: Init) => unknown> = {
  "/api/projects/{project}": () => ({
    status: "ready",
    label: "label",
    classes: ["boot", "shoe"],
    media: {},
    message: "",
  }),
  "/api/projects/{project}/facets": () => [],
  "/api/projects/{project}/certificate": () => ({
    n_certified: 2,
    n_candidates: 5,
    sentence: "If we could ask you about all 2 proposals, you would confirm at least 95%.",
  }),
  "/api/projects/{project}/rows/{row}": ({ params }) => ({ line: line(params.path.row), cells: [] }),
  "/api/projects/{project}/bulk/preview": () => preview,
  "/api/projects/{project}/bulk/likely": ({ body }) => ({
    low: 0.2,
    high: 1,
    sentence: `${String(body?.n_right)} of ${String(body?.n)} right`,
  }),
  "/api/projects/{project}/bulk/apply": () => changed("Relabel: 2 rows."),
  "/api/projects/{project}/history/undo": () => changed("Taken back: relabel, 2 rows."),
};

beforeEach(() => {
  for (const call of [server.GET, server.POST])
    call
      .mockReset()
      .mockImplementation((path: string, init: Init) => Promise.resolve({ data: ANSWERS[path]?.(init) }));
});

const sent = (path: string) =>
  server.POST.mock.calls.filter(([called]) => called === path).map(([, init]) => (init as Init).body);
const press = (key: string) => fireEvent.keyDown(document.body, { key });
const pressShift = (key: string) => fireEvent.keyDown(document.body, { key, shiftKey: true });
const row = (number: number) => screen.findByLabelText(`Row ${number} of the sample`);
const settle = () => new Promise((resolve) => setTimeout(resolve, 160)); // decisions wait after a row changed

test("answered by keyboard, with an answer taken back by Z", async () => {
  renderPart(<BulkPage />, "/projects/one/bulk");
  await row(4);
  press("y");
  await row(2);
  await settle();
  press("n");
  await row(7);
  press("z");
  await row(2);
  expect(await screen.findByText("1 of 1 right")).toBeVisible();
  expect(screen.getByTestId("announcer")).toHaveTextContent("Answer about row 2 taken back");
});

test("applied without the row that is wrong, and undone by Z", async () => {
  renderPart(<BulkPage />, "/projects/five/bulk");
  for (const [number, key] of [
    [4, "y"],
    [2, "n"],
    [7, "y"],
  ] as const) {
    await row(number);
    await settle();
    press(key);
  }
  expect(await screen.findByText("2 of 3 right")).toBeVisible();
  fireEvent.change(screen.getByLabelText("Why"), { target: { value: "seen" } });
  pressShift("B");
  await screen.findByLabelText("What was done");
  expect(sent("/api/projects/{project}/bulk/apply")).toEqual([
    expect.objectContaining({ action: "accept", n_changed: 3, reason: "seen", n_looked: 3, wrong: [2] }),
  ]);
  press("z");
  expect(await screen.findByText("Taken back: the rows are as they were.")).toBeVisible();
  expect(sent("/api/projects/{project}/history/undo")).toEqual([
    { at: "2026-11-27T07:00", by: "ann", later: [] },
  ]);
});

test("what is left, and what people decided otherwise, is said", async () => {
  renderPart(<BulkPage />, "/projects/two/bulk");
  const left = await screen.findByLabelText("Rows that are left");
  expect(left).toHaveTextContent("1 left: somebody decided about them");
  expect(left).toHaveTextContent("1 left: they are of a test split");
  expect(screen.getByText(/decided otherwise by hand/)).toBeVisible();
  const classes = screen.getByRole("table", { name: "Classes of these rows, before and after" });
  expect(within(classes).getByRole("row", { name: "boot 0 3" })).toBeInTheDocument();
  expect(screen.getByRole("meter", { name: "Certified suggestions: 2 of 5" })).toBeInTheDocument();
});

test("another action asks anew, and a class has to be chosen first", async () => {
  renderPart(<BulkPage />, "/projects/three/bulk");
  await row(4);
  fireEvent.click(screen.getByRole("radio", { name: "Set one class" }));
  expect(await screen.findByText("Choose a class above.")).toBeVisible();
  fireEvent.change(screen.getByRole("combobox", { name: "Set this class" }), { target: { value: "boot" } });
  await waitFor(() =>
    expect(sent("/api/projects/{project}/bulk/preview").at(-1)).toMatchObject({
      action: "relabel",
      value: "boot",
    }),
  );
});

test("who does not look says so", async () => {
  renderPart(<BulkPage />, "/projects/four/bulk");
  const box = await screen.findByLabelText("Apply without a look at the sample");
  fireEvent.click(box);
  fireEvent.click(screen.getByRole("button", { name: /^Change 3 rows/ }));
  await screen.findByLabelText("What was done");
  expect(sent("/api/projects/{project}/bulk/apply")[0]).toMatchObject({ n_looked: 0, wrong: [] });
});
