import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { OverviewPage } from "./OverviewPage";
import type { Overview } from "./types";

const server = vi.hoisted(() => ({ GET: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const OVERVIEW: Overview = {
  name: "shoes.csv",
  n_rows: 900,
  n_labeled: 890,
  n_flagged: 40,
  label: "kind",
  task: "multiclass",
  headline: "Between 28 and 41 of 890 labels look wrong (3.1–4.6 %).",
  besides: "",
  how_sure: "",
  reckoning: {
    low: 28,
    high: 41,
    n_labeled: 890,
    n_found: 6,
    left_low: 22,
    left_high: 35,
    n_judged: 4,
    n_needed: 30,
    is_reviewed: false,
  },
  seconds: 272,
  progress: { n_flagged: 40, n_open: 34, n_decided: 6, n_found: 6 },
  leads: [
    {
      title: "shoe & co → boot",
      text: "The confusion with most flagged rows.",
      n: 12,
      n_open: 10,
      where: ["given=shoe & co", "suggested=boot"],
      lines: [
        {
          row: 7,
          id: "r7",
          cells: ["<b>laces</b>"],
          given: "shoe & co",
          suggested: "boot",
          probability: 0.9,
          score: 0.1,
          checks: [],
          decision: null,
        },
      ],
      expected: 0.9,
      bulk: true,
    },
  ],
  classes: [
    { name: "boot", n_rows: 400, n_flagged: 5, n_open: 5, mean_score: 0.9, most_suggested: "shoe & co" },
    { name: "shoe & co", n_rows: 490, n_flagged: 12, n_open: 0, mean_score: 0.8, most_suggested: "boot" },
  ],
  flows: [
    { given: "shoe & co", suggested: "boot", n_rows: 12 },
    { given: "boot", suggested: "shoe & co", n_rows: 5 },
  ],
  n_flows: 2,
  groups: [
    {
      field: "split",
      title: "Split",
      role: "split",
      n_values: 1,
      groups: [{ value: "test", n_rows: 100, n_flagged: 3, n_open: 3 }],
    },
  ],
  checks: [
    check("EM101", "wrong_label", "Probably wrong label", "found", 17),
    check("EM201", "outlier", "Outlier", "failed", 0, "It ran out of memory."),
    check("EM601", "dark", "Dark image", "not_applicable", 0, "There is no column of images."),
  ],
  models: [{ title: "Random trees", accuracy: 0.9, weight: 1 }],
  notes: [],
  code: { python: "audit.report()", cli: "emendata audit shoes.csv" },
};

function check(code: string, name: string, title: string, status: string, n_flagged: number, message = "") {
  return { code, name, title, status, severity: "issue", n_flagged, message, remarks: [] };
}

const state = { status: "ready", message: "", media: {}, label: "kind", classes: [], n_rows: 900 };

function answer(overview: Overview, project: object = state) {
  server.GET.mockReset().mockImplementation((path: string) =>
    Promise.resolve({ data: path.endsWith("/overview") ? overview : project }),
  );
}

beforeEach(() => answer(OVERVIEW));

const draw = async () => {
  renderPart(<OverviewPage />, "/projects/p/overview");
  await screen.findByRole("heading", { level: 1, name: OVERVIEW.headline });
};
const whereOf = (link: HTMLElement) =>
  new URL(link.getAttribute("href") ?? "", "http://x").searchParams.getAll("where");

test("before thirty answers a range is shown, what was found, and what is left", async () => {
  await draw();
  expect(screen.getByRole("link", { name: "28–41 of 890 labels look wrong" })).toBeVisible();
  expect(screen.getByText(/an interval after 30 answers to rows drawn at random, 4 so far/)).toBeVisible();
  expect(screen.getByText("22–35 left by the estimate")).toBeVisible();
});

test("numbers lead to their rows in Review, whatever the names of classes are", async () => {
  await draw();
  const cell = screen.getByRole("link", { name: "12 rows of shoe & co for which boot is suggested" });
  expect(whereOf(cell)).toEqual(["given=shoe & co", "suggested=boot", "check=wrong_label"]);
  expect(whereOf(screen.getByRole("link", { name: "3 flagged rows of test" }))).toEqual([
    "split=test",
    "flagged=yes",
  ]);
  expect(whereOf(screen.getByRole("link", { name: "17 rows: Probably wrong label" }))).toEqual([
    "check=wrong_label",
  ]);
});

test("a place to begin has its rows, a way to review them, and one to fix them at once", async () => {
  await draw();
  const row = screen.getByRole("link", { name: "Row 7" });
  expect(row).toHaveTextContent("<b>laces</b>");
  expect(row.getAttribute("href")).toMatch(/row=7$/);
  const bulk = screen.getByRole("link", { name: "Fix shoe & co → boot in bulk" });
  expect(bulk.getAttribute("href")).toMatch(/^\/projects\/p\/bulk\?/);
  expect(whereOf(bulk)).toEqual(["given=shoe & co", "suggested=boot", "decision=open"]);
});

test("checks that failed are named, and of those that do not apply it is said why", async () => {
  await draw();
  expect(screen.getByRole("note")).toHaveTextContent("EM201 Outlier. It ran out of memory.");
  fireEvent.click(screen.getByText("1 checks that found nothing or do not apply"));
  expect(screen.getByText("There is no column of images.")).toBeVisible();
});

test("classes are sorted by any column", async () => {
  await draw();
  const table = screen.getByRole("table", { name: /by given class/ });
  const first = () => within(table).getAllByRole("rowheader")[0]?.textContent;
  expect(first()).toBe("shoe & co");
  fireEvent.click(within(table).getByRole("button", { name: "Class" }));
  expect(first()).toBe("boot");
});

test("before an audit the way to one is shown", async () => {
  answer(OVERVIEW, { ...state, status: "new" });
  renderPart(<OverviewPage />, "/projects/p/overview");
  expect(await screen.findByRole("link", { name: "Go to Plan and run" })).toHaveAttribute(
    "href",
    "/projects/p/run",
  );
});
