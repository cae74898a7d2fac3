import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { ReviewPage } from "./ReviewPage";
import type { DecisionIn, RowLine } from "./types";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const line = (row: number): RowLine => ({
  row,
  id: `r${row}`,
  cells: [`note ${row}`],
  given: "shoe",
  suggested: "boot",
  probability: 0.9,
  score: 0.1,
  checks: ["label"],
  decision: null,
});
const detail = (row: number) => ({
  line: line(row),
  cells: [{ name: "note", role: "text", text: `note ${row}`, n_characters: 6 }],
  findings: [
    {
      column: "label",
      stream: "worst",
      given: "shoe",
      suggested: "boot",
      reasons: [],
      choices: [],
      twins: [],
      prototypes: [],
    },
  ],
  nearest: [],
  decisions: [],
  comments: [],
});
const progress = { n_flagged: 3, n_open: 3, n_decided: 0, n_found: 0 };

interface Init {
  params: { path: { row: number }; query?: { where?: string[] } };
}
const ANSWERS: Record<string, (init: Init) => unknown> = {
  "/api/projects/{project}": () => ({ status: "ready", label: "label", classes: [], media: {}, message: "" }),
  "/api/projects/{project}/rows": () => ({
    total: 3,
    offset: 0,
    n_rows: 9,
    columns: [{ name: "note", role: "text" }],
    rows: [4, 2, 7].map(line),
  }),
  "/api/projects/{project}/rows/{row}": ({ params }) => detail(params.path.row),
  "/api/projects/{project}/progress": () => progress,
  "/api/projects/{project}/fields": () => [],
  "/api/projects/{project}/views": () => [],
  "/api/projects/{project}/changes": () => ({ cursor: 0, lines: [] }),
  "/api/studio": () => ({ person: "ann" }),
  "/api/projects/{project}/facets": () => [
    {
      field: "given",
      title: "Given label",
      kind: "values",
      counts: [{ value: "shoe", title: "shoe", n: 3, n_all: 9 }],
      bins: [],
      n_values: 1,
    },
  ],
};

beforeEach(() => {
  server.GET.mockReset().mockImplementation((path: string, init: Init) =>
    Promise.resolve({ data: ANSWERS[path]?.(init) }),
  );
  server.POST.mockReset().mockImplementation((_path: string, { body }: { body?: DecisionIn[] }) =>
    Promise.resolve({
      data: {
        lines: body?.map(({ row }) => line(row)) ?? [line(4)],
        n_events: 1,
        what: "Taken back: row 4.",
        progress,
      },
    }),
  );
});

const heading = (name: RegExp) => screen.findByRole("heading", { level: 2, name });

test("W relabels, says so, goes to the next open row, and sends it", async () => {
  renderPart(<ReviewPage />, "/projects/one/review");
  await heading(/Row 4/);
  await waitFor(() => expect(screen.getByText("Accept").closest("button")).toBeEnabled());
  fireEvent.keyDown(document.body, { key: "w" });
  expect(await heading(/Row 2/)).toBeVisible();
  expect(screen.getByTestId("announcer")).toHaveTextContent(
    "Row 4 relabelled shoe to boot, 2 left, press Z to undo",
  );
  await waitFor(() => expect(server.POST).toHaveBeenCalledTimes(1));
  const [path, { body }] = server.POST.mock.calls[0] as [string, { body: DecisionIn[] }];
  expect(path).toBe("/api/projects/{project}/decisions");
  expect(body[0]).toMatchObject({ row: 4, kind: "relabel", column: "label", new: "boot" });
  expect(body[0]?.id).toMatch(/^[0-9a-f]{32}$/);
});

test("Z takes back what was not sent yet without asking the server", async () => {
  renderPart(<ReviewPage />, "/projects/two/review");
  await heading(/Row 4/);
  fireEvent.keyDown(document.body, { key: "q" });
  fireEvent.keyDown(document.body, { key: "z" });
  expect(await heading(/Row 4/)).toBeVisible();
  expect(screen.getByTestId("announcer")).toHaveTextContent("Taken back: row 4.");
  expect(server.POST).not.toHaveBeenCalled();
});

test("a click on a value asks for the rows that have it", async () => {
  renderPart(<ReviewPage />, "/projects/three/review?row=7");
  await heading(/Row 7/);
  fireEvent.click(await screen.findByRole("button", { name: /^shoe/ }));
  const asked = () =>
    server.GET.mock.calls
      .filter(([path]) => path === "/api/projects/{project}/rows")
      .map(([, init]) => (init as Init).params.query?.where);
  await waitFor(() => expect(asked().at(-1)).toEqual(["flagged=yes", "decision=open", "given=shoe"]));
  expect(asked()[0]).toEqual(["flagged=yes", "decision=open"]);
});
