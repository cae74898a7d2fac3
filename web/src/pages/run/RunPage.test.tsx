import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { FakeEvents } from "../../testing/FakeEvents";
import { renderApp } from "../../testing/render";
import type { ProjectState } from "../../app/projectQuery";
import type { Job } from "./useProjectState";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const job = (change: Partial<Job> = {}): Job => ({
  number: 1,
  kind: "audit",
  status: "running",
  source: "/d/shoes.csv",
  label: "kind",
  roles: {},
  task: null,
  table: null,
  mode: "quick",
  stages: [
    { name: "Opening the data", done: 1, total: 1, seconds: 1 },
    { name: "Predicting", done: 2, total: 5, seconds: 9 },
  ],
  seconds: 10,
  part_done: 0.424,
  seconds_left_low: 10,
  seconds_left_high: 25,
  memory: 5e8,
  message: "",
  traceback: "",
  found: [],
  ...change,
});
const project = (status: ProjectState["status"], of: Partial<Job> = {}, message = ""): ProjectState => ({
  id: "one",
  name: "shoes.csv",
  folder: "/d/shoes.csv.emendata",
  status,
  message,
  job: job(of),
  media: {},
  n_rows: null,
  label: null,
  classes: [],
});
let state: ProjectState;

beforeAll(() => Promise.all([import("./RunPage"), import("../overview/OverviewPage")]));

beforeEach(() => {
  FakeEvents.open.length = 0;
  vi.stubGlobal("EventSource", FakeEvents);
  server.GET.mockReset().mockImplementation((path: string) =>
    path === "/api/projects/{project}" ? Promise.resolve({ data: state }) : new Promise(() => undefined),
  );
  server.POST.mockReset().mockImplementation(() => Promise.resolve({ data: project("working") }));
});
const send = (event: ProjectState) => act(() => FakeEvents.open[0]?.send(event));
const heading = (name: string | RegExp) => screen.findByRole("heading", { name });

test("a run shows how far it is, here and in the title, and how long it will take", async () => {
  state = project("working");
  renderApp("/projects/one/run");
  expect(await heading(/^42\s% done$/)).toBeVisible();
  expect(document.title).toMatch(/^42\s%/);
  expect(screen.getByText(/^10\ss to 25\ss left$/)).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "Predicting" })).toHaveAttribute("aria-valuenow", "40");
  expect(FakeEvents.open[0]?.path).toBe("/api/projects/one/events");
});

test("until it is known how long a run takes, no share of it is told", async () => {
  state = project("working", { seconds_left_low: null, seconds_left_high: null, part_done: 0 });
  renderApp("/projects/one/run");
  expect(await heading("Getting ready")).toBeVisible();
  expect(screen.getByText("Looking how long it will take…")).toBeVisible();
});

test("what a check found is there and announced before the rest is done", async () => {
  state = project("working");
  renderApp("/projects/one/run");
  await heading("Found until now");
  const found = [
    { name: "exact_duplicate", title: "Exact duplicates", n: 1 },
    { name: "typo", title: "Typos", n: 0 },
  ];
  send(project("working", { found }));
  expect(await screen.findByText("1 of 2 checks found nothing.")).toBeVisible();
  expect(screen.getByTestId("announcer")).toHaveTextContent("Exact duplicates: 1 row");
});

test("who watched it to the end is led to what was found, and the stream is closed", async () => {
  state = project("working");
  renderApp("/projects/one/run");
  await heading(/^42\s% done$/);
  send(project("opening", { status: "done" }));
  expect(await screen.findByText("Laying out the results…")).toBeVisible();
  state = project("ready", { status: "done" });
  send(state);
  await waitFor(() => expect(document.title).toMatch(/^Overview/));
  expect(screen.getByTestId("announcer")).toHaveTextContent("The search is done");
  expect(FakeEvents.open).toEqual([]);
});

test("who asked for it is told of the end by the system, while another window is in front", async () => {
  const told = vi.fn(function () {
    // It is made with "new", as a class is.
  });
  const requestPermission = () => Promise.resolve("granted");
  vi.stubGlobal("Notification", Object.assign(told, { permission: "default", requestPermission }));
  state = project("working");
  renderApp("/projects/one/run");
  fireEvent.click(await screen.findByRole("button", { name: "Tell me when it is done" }));
  expect(await screen.findByText("You will be told when it is done.")).toBeVisible();
  Object.assign(Notification, { permission: "granted" });
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  state = project("ready", { status: "done" });
  send(state);
  await waitFor(() => expect(told).toHaveBeenCalledWith("shoes.csv", { body: "The search is done" }));
});

test("who comes to a run that is done stays there, and finds the ways on", async () => {
  state = project("ready", { status: "done" });
  renderApp("/projects/one/run");
  expect(await screen.findByRole("link", { name: "See what was found" })).toHaveAttribute(
    "href",
    "/projects/one/overview",
  );
  expect(screen.getByRole("link", { name: "Change what is asked" })).toHaveAttribute(
    "href",
    "/import?source=%2Fd%2Fshoes.csv&label=kind&mode=quick",
  );
  expect(FakeEvents.open).toEqual([]);
});

test("a run that was stopped goes on with a press", async () => {
  state = project("working");
  renderApp("/projects/one/run");
  fireEvent.click(await screen.findByRole("button", { name: "Stop" }));
  await waitFor(() => expect(server.POST.mock.calls[0]?.[0]).toBe("/api/projects/{project}/cancel"));
  state = project("new", { status: "cancelled" });
  send(state);
  expect(await heading("The search was stopped")).toBeVisible();
  expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
  expect(screen.getByTestId("announcer")).toHaveTextContent("The search was stopped");
  expect(FakeEvents.open).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Go on" }));
  expect(await heading(/^42\s% done$/)).toBeVisible();
  expect(server.POST.mock.calls[1]?.[0]).toBe("/api/projects/{project}/resume");
  expect(FakeEvents.open).toHaveLength(1);
});

test("a failure says why, how to go on, and what to send", async () => {
  state = project("new", { status: "failed", message: "ValueError: odd", traceback: "Traceback: line 3" });
  renderApp("/projects/one/run");
  expect(await heading("The search failed")).toBeVisible();
  expect(screen.getByText("ValueError: odd")).toBeVisible();
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
  expect(screen.getByText(/While: Predicting/)).toHaveTextContent("Traceback: line 3");
});

test("silence of the server is said, and the page goes on by itself", async () => {
  state = project("working");
  renderApp("/projects/one/run");
  await heading(/^42\s% done$/);
  act(() => FakeEvents.open[0]?.onerror?.());
  expect(await screen.findByRole("alert")).toHaveTextContent("The search goes on");
  act(() => FakeEvents.open[0]?.onopen?.());
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});
