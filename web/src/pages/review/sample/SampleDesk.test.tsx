import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderPart } from "../../../testing/render";
import { ReviewPage } from "../ReviewPage";
import type { DecisionIn } from "../types";
import type { Sample } from "./types";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../../api/client", () => ({ api: server }));

const code = { python: "audit.review", cli: "emendata review p --stream audit" };
const line = (row: number) => ({
  row,
  id: `r${row}`,
  cells: [],
  given: "shoe",
  suggested: "boot",
  probability: 0.9,
  score: 0.1,
  checks: [],
  decision: null,
});
const certificate = (precision: number, n_certified: number) => ({
  precision,
  n_certified,
  n_candidates: 312,
  n_asked: 20,
  confidence: 0.95,
  n_open: n_certified,
  sentence: `If we could ask you about all ${n_certified} proposals.`,
  code,
});
const sample = (row: number, change: Partial<Sample> = {}): Sample => ({
  question: {
    line: line(row),
    cells: [{ name: "note", role: "text", text: `note ${row}`, n_characters: 6 }],
    findings: [
      {
        column: "label",
        stream: "audit",
        given: "shoe",
        suggested: "boot",
        reasons: [],
        choices: [],
        twins: [50],
        prototypes: [],
      },
    ],
    nearest: [],
    decisions: [],
    comments: [],
  },
  n_judged: 12,
  goal: 30,
  within: 25,
  headline: "",
  rate: null,
  reckoning: {
    low: 28,
    high: 41,
    n_labeled: 890,
    n_found: 6,
    left_low: 22,
    left_high: 35,
    n_judged: 12,
    n_needed: 30,
    is_reviewed: false,
  },
  certificates: [certificate(0.99, 0), certificate(0.95, 41)],
  n_repeated: 0,
  n_changed: 0,
  code,
  ...change,
});

let drawn: Sample[];
const ANSWERS: Record<string, () => unknown> = {
  "/api/projects/{project}": () => ({ status: "ready", label: "label", classes: [], media: {}, message: "" }),
  "/api/projects/{project}/sample": () => (drawn.length > 1 ? drawn.shift() : drawn[0]),
  "/api/projects/{project}/changes": () => ({ cursor: 0, lines: [] }),
  "/api/studio": () => ({ person: "ann" }),
};

beforeEach(() => {
  server.GET.mockReset().mockImplementation((path: string) => Promise.resolve({ data: ANSWERS[path]?.() }));
  server.POST.mockReset().mockImplementation((_path: string, { body }: { body?: DecisionIn[] }) =>
    Promise.resolve({ data: { lines: body?.map(({ row }) => line(row)) ?? [], what: "Taken back." } }),
  );
});

const heading = (name: RegExp) => screen.findByRole("heading", { level: 2, name });
const draw = (project: string) => renderPart(<ReviewPage />, `/projects/${project}/review?queue=sample`);

test("a key answers for the row and its twins in the stream of the sample, and the next one is drawn", async () => {
  drawn = [sample(4), sample(9, { n_judged: 13 })];
  draw("one");
  await heading(/Row 4/);
  expect(screen.getByText("12 of 30 answered")).toBeVisible();
  expect(
    screen.getByText(/then the number of wrong labels is known to within about 25 of 890/),
  ).toBeVisible();
  await new Promise((done) => setTimeout(done, 200)); // keys wait a moment for a new row
  fireEvent.keyDown(document.body, { key: "w" });
  await heading(/Row 9/);
  expect(screen.getByText("13 of 30 answered")).toBeVisible();
  const [path, { body }] = server.POST.mock.calls[0] as [string, { body: DecisionIn[] }];
  expect(path).toBe("/api/projects/{project}/decisions");
  expect(body[0]).toMatchObject({ row: 4, kind: "relabel", new: "boot", stream: "audit", twins: [50] });
  expect(screen.queryByRole("button", { name: /Skip/ })).toBeNull();
});

test("a second key is not taken for an answer to the row that is on its way out", async () => {
  drawn = [sample(4), sample(9)];
  draw("two");
  await heading(/Row 4/);
  await new Promise((done) => setTimeout(done, 200));
  fireEvent.click(screen.getByRole("button", { name: /^Keep/ }));
  fireEvent.click(screen.getByRole("button", { name: /^Keep/ }));
  await heading(/Row 9/);
  await waitFor(() => expect(server.POST).toHaveBeenCalledTimes(1));
  const [, { body }] = server.POST.mock.calls[0] as [string, { body: DecisionIn[] }];
  expect(body).toHaveLength(1);
});

test("certificates say how many suggestions they cover, and lead to Bulk fix", async () => {
  drawn = [sample(4)];
  draw("three");
  const link = await screen.findByRole("link", { name: /Fix the 41 open ones certified at 95/ });
  expect(link.getAttribute("href")).toBe("/projects/three/bulk?where=&action=accept&certified=0.95");
  expect(screen.getByText("If we could ask you about all 41 proposals.")).toBeVisible();
});

test("once every label was drawn it says so", async () => {
  drawn = [sample(4, { question: null, n_judged: 30, rate: 0.04 })];
  draw("four");
  expect(await screen.findByRole("heading", { name: "Every label was drawn" })).toBeVisible();
});
