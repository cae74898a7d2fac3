import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { FakeEvents } from "../../testing/FakeEvents";
import { renderApp } from "../../testing/render";
import { importPath, type DataIn, type Preview } from "./choices";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const column = (name: string, role: Preview["columns"][number]["role"]) => ({
  name,
  role,
  reason: "few values",
  n_missing: 0,
  n_distinct: 3,
});
const preview = ({ label, roles }: DataIn): Preview => ({
  source: "/d/shoes.csv",
  name: "shoes.csv",
  format: "csv",
  n_rows: 1200,
  n_columns: 3,
  label: label ?? null,
  task: label ? "multiclass" : "none",
  columns: [
    column("note", "text"),
    column("kind", label === "kind" ? "label" : "category"),
    column("size", roles.size ?? "number"),
  ],
  rows: [["<b>high</b>", "boot", "42"]],
  candidates: ["kind"],
  proposed_label: "kind",
  warnings: [
    {
      severity: "warning",
      title: "One class in several spellings",
      detail: "'boot' (4), 'Boot' (2).",
      column: "kind",
    },
  ],
});
const plan = ({ label }: DataIn) => ({
  sentence: label ? `Find label errors in ${label}.` : "Find outliers.",
  n_rows: 1200,
  n_unlabeled: 0,
  n_classes: 3,
  has_test_split: false,
  checks: [
    { code: "EM101", name: "wrong_label", title: "Wrong labels", runs: true, why: "" },
    { code: "EM301", name: "dark", title: "Dark images", runs: false, why: "No image column." },
  ],
  code: { python: "em.Audit()", cli: "emendata audit" },
});
const answers: Record<string, (data: DataIn) => unknown> = {
  "/api/preview": preview,
  "/api/plan": plan,
  "/api/forecast": ({ mode }) => ({ mode, seconds: mode === "quick" ? 19 : 130 }),
  "/api/projects": () => ({ id: "one" }),
};

beforeAll(() => Promise.all([import("./ImportPage"), import("../run/RunPage")]));

beforeEach(() => {
  vi.stubGlobal("EventSource", FakeEvents);
  server.GET.mockReset().mockReturnValue(new Promise(() => undefined));
  server.POST.mockReset().mockImplementation((path: string, { body }: { body: DataIn }) =>
    Promise.resolve({ data: answers[path]?.(body) }),
  );
});
const asked = (path: string) =>
  server.POST.mock.calls.filter(([at]) => at === path).map(([, init]) => (init as { body: DataIn }).body);
const sentence = (name: string) => screen.findByRole("heading", { level: 2, name });

test("one press starts what the sentence says", async () => {
  renderApp(importPath("/d/shoes.csv"));
  expect(await sentence("Find label errors in kind.")).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: "Find issues" }));
  await waitFor(() =>
    expect(asked("/api/projects")).toEqual([
      { source: "/d/shoes.csv", label: "kind", roles: {}, task: null, mode: "balanced", table: null },
    ]),
  );
  await waitFor(() => expect(document.title).toMatch(/^Plan and run/));
});

test("each mode says its time, tried out one after the other", async () => {
  renderApp(importPath("/d/shoes.csv"));
  expect(await screen.findByRole("radio", { name: /Quick about 19\ss/ })).toBeVisible();
  expect(await screen.findByRole("radio", { name: /Thorough about 2\smin/ })).toBeVisible();
  expect(asked("/api/forecast").map(({ mode }) => mode)).toEqual(["balanced", "quick", "thorough"]);
  fireEvent.click(screen.getByRole("radio", { name: /Quick/ }));
  await waitFor(() => expect(asked("/api/plan").at(-1)?.mode).toBe("quick"));
});

test("the role of a column is changed at its head, and the label may be none", async () => {
  renderApp(importPath("/d/shoes.csv"));
  await sentence("Find label errors in kind.");
  fireEvent.change(screen.getByRole("combobox", { name: "Role of size" }), { target: { value: "ignore" } });
  await waitFor(() =>
    expect(asked("/api/plan").at(-1)).toMatchObject({ label: "kind", roles: { size: "ignore" } }),
  );
  await waitFor(() => expect(screen.getByRole("combobox", { name: "Role of size" })).toHaveValue("ignore"));
  fireEvent.change(screen.getByRole("combobox", { name: /The label/ }), { target: { value: "" } });
  expect(await sentence("Find outliers.")).toBeVisible();
});

test("rows are text, warnings stand before them, and what does not apply says why", async () => {
  renderApp(importPath("/d/shoes.csv"));
  expect(await screen.findByText("<b>high</b>")).toBeVisible();
  expect(screen.getByText("'boot' (4), 'Boot' (2).")).toBeVisible();
  expect(await screen.findByText("1 checks will run, 1 do not apply")).toBeVisible();
  expect(screen.getByText("No image column.")).toBeInTheDocument();
});

test("what cannot be read says why, and leads back", async () => {
  server.POST.mockRejectedValue(new ApiError(422, "There is no file /d/shoes.csv."));
  renderApp(importPath("/d/shoes.csv"));
  expect(await screen.findByRole("alert")).toHaveTextContent("There is no file /d/shoes.csv.");
  expect(screen.getByRole("link", { name: "Open something else" })).toHaveAttribute("href", "/");
});

test("a label that cannot be one is said, and nothing can be started with it", async () => {
  server.POST.mockImplementation((path: string, { body }: { body: DataIn }) =>
    path === "/api/plan"
      ? Promise.reject(new ApiError(422, "kind has one value."))
      : Promise.resolve({ data: answers[path]?.(body) }),
  );
  renderApp(importPath("/d/shoes.csv"));
  expect(await screen.findByRole("alert")).toHaveTextContent("kind has one value.");
  expect(screen.getByRole("button", { name: "Find issues" })).toBeDisabled();
});
