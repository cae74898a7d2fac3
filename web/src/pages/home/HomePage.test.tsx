import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { FakeRequest } from "../../testing/FakeRequest";
import { renderApp } from "../../testing/render";
import type { ProjectCard } from "./ProjectLine";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn(), DELETE: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const card = (change: Partial<ProjectCard>): ProjectCard => ({
  id: "one",
  name: "shoes.csv",
  folder: "/d/shoes.csv.emendata",
  source: "/d/shoes.csv",
  opened: 1,
  status: "ready",
  message: "",
  part_done: null,
  n_rows: 1200,
  n_flagged: 40,
  n_decided: 10,
  ...change,
});
const EXAMPLES = [{ name: "tissue", title: "A table: tissue", text: "569 samples" }];
let cards: ProjectCard[];

// Pages are loaded when they are first opened, which takes longer than a test waits.
beforeAll(() => Promise.all([import("./HomePage"), import("../import/ImportPage")]));

beforeEach(() => {
  cards = [];
  FakeRequest.all.length = 0;
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  server.GET.mockReset().mockImplementation((path: string) =>
    Promise.resolve({ data: path === "/api/examples" ? EXAMPLES : cards }),
  );
  server.DELETE.mockReset().mockResolvedValue({});
  // What is opened is asked for and never answered here: the import page has its own test.
  server.POST.mockReset().mockReturnValue(new Promise(() => undefined));
});
const asked = (path: string) =>
  server.POST.mock.calls.filter(([at]) => at === path).map(([, init]) => init as object);
const opened = (source: string) =>
  waitFor(() => expect(asked("/api/preview")[0]).toMatchObject({ body: { source } }));

test("home says what happens to the data", async () => {
  renderApp("/");
  expect(await screen.findByText(/stay on this machine/)).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Go on where you were" })).toBeNull();
});

test("a path in the address is opened", async () => {
  renderApp("/?source=%2Fd%2Fa%20b.csv");
  await opened("/d/a b.csv");
});

test("the examples stand in front of a demonstration, and one is opened with a press", async () => {
  server.POST.mockImplementation((path: string) =>
    path === "/api/preview"
      ? new Promise(() => undefined)
      : Promise.resolve({ data: { path: "/w/tissue.csv" } }),
  );
  renderApp("/?demo=1");
  const press = await screen.findByRole("button", { name: "Try A table: tissue" });
  const [first] = within(screen.getByRole("main")).getAllByRole("heading", { level: 2 });
  expect(first).toHaveTextContent("Or try one of these");
  fireEvent.click(press);
  await opened("/w/tissue.csv");
});

test("a chosen file is copied, its progress is shown, and then it is opened", async () => {
  server.POST.mockImplementation((path: string) =>
    path === "/api/uploads"
      ? Promise.resolve({ data: { upload: "up", folder: "/w/up" } })
      : new Promise(() => undefined),
  );
  renderApp("/");
  const input = await screen.findByLabelText("Choose a file");
  fireEvent.change(input, { target: { files: [new File(["12345678"], "shoes.csv")] } });
  await waitFor(() => expect(FakeRequest.all).toHaveLength(1));
  FakeRequest.all[0]?.upload.onprogress?.({ loaded: 4 });
  expect(await screen.findByRole("progressbar", { name: "Copying shoes.csv" })).toHaveAttribute(
    "aria-valuenow",
    "50",
  );
  FakeRequest.all[0]?.answer(200, { source: "/w/up/shoes.csv" });
  await opened("/w/up/shoes.csv");
});

test("a copy can be given up", async () => {
  server.POST.mockResolvedValue({ data: { upload: "up", folder: "/w/up" } });
  renderApp("/");
  const input = await screen.findByLabelText("Choose a file");
  fireEvent.change(input, { target: { files: [new File(["12345678"], "shoes.csv")] } });
  await waitFor(() => expect(FakeRequest.all).toHaveLength(1));
  fireEvent.click(screen.getByRole("button", { name: "Cancel the copy" }));
  expect(await screen.findByRole("heading", { name: "Drop a file or a folder here" })).toBeVisible();
  expect(server.DELETE).toHaveBeenCalledOnce();
});

test("a typed path without a project is opened as data, its quotes left away", async () => {
  server.POST.mockImplementation((path: string) =>
    path === "/api/open"
      ? Promise.resolve({ data: { source: "/d/shoes.csv", project: null } })
      : new Promise(() => undefined),
  );
  renderApp("/");
  fireEvent.change(await screen.findByLabelText("Or its path on this machine"), {
    target: { value: ' "/d/shoes.csv" ' },
  });
  fireEvent.click(screen.getByRole("button", { name: "Open" }));
  await opened("/d/shoes.csv");
  expect(asked("/api/open")).toEqual([{ body: { path: "/d/shoes.csv" } }]);
});

test("each project says its state, and leads to where it can be gone on with", async () => {
  cards = [
    card({}),
    card({ id: "two", name: "run", status: "working", part_done: 0.42 }),
    card({ id: "three", name: "old", status: "gone", message: "Its folder is gone." }),
  ];
  renderApp("/");
  expect(await screen.findByRole("link", { name: "shoes.csv" })).toHaveAttribute(
    "href",
    "/projects/one/overview",
  );
  expect(screen.getByText(/1,200 rows, 40 look wrong, 10 decided \(25.0/)).toBeVisible();
  expect(screen.getByRole("link", { name: "run" })).toHaveAttribute("href", "/projects/two/run");
  expect(screen.getByRole("progressbar", { name: "Audit of run" })).toHaveAttribute("aria-valuenow", "42");
  expect(screen.queryByRole("link", { name: "old" })).toBeNull();
});

test("a project that is removed from the list says that its files stay", async () => {
  cards = [card({})];
  renderApp("/");
  const list = await screen.findByRole("region", { name: "Go on where you were" });
  fireEvent.click(within(list).getByRole("button", { name: "Remove shoes.csv from the list" }));
  await waitFor(() =>
    expect(screen.getByTestId("announcer")).toHaveTextContent("Its files stay where they are."),
  );
  expect(screen.queryByRole("link", { name: "shoes.csv" })).toBeNull();
});
