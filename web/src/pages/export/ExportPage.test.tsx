import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { renderPart } from "../../testing/render";
import { ExportPage } from "./ExportPage";
import type { ExportIn, ExportOut, ExportPlan } from "./types";

const server = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const PLAN: ExportPlan = {
  source: "/data/shoes.csv",
  folder: "/data/shoes.csv.emendata/exports",
  formats: [
    { name: "own", title: "CSV file", is_own: true },
    { name: "parquet", title: "Parquet", is_own: false },
  ],
  n_rows: 900,
  n_changed: 1,
  n_excluded: 1,
  n_decided: 5,
  counts: { relabel: 1, exclude: 1 },
  changes: [
    { row: 3, id: "r3", kind: "relabel", column: "kind", old: "shoe", new: "<b>boot</b>", by: "ann" },
    { row: 4, id: "r4", kind: "exclude", column: null, old: null, new: null, by: "ann" },
  ],
  n_gone: 0,
  n_changed_since: 2,
  why_not_own: "",
  code: { python: "audit.export()", cli: "emendata export shoes.csv.emendata" },
};
const WRITTEN: ExportOut = {
  folder: PLAN.folder,
  files: [
    {
      name: "shoes.corrected.csv",
      path: `${PLAN.folder}/shoes.corrected.csv`,
      size: 48_213,
      address: "/api/projects/p/exports/shoes.corrected.csv",
      text: "The corrected data.",
    },
  ],
  counts: PLAN.counts,
  n_rows: 899,
};

let plan: ExportPlan;
let refusal: ApiError | null;

beforeEach(() => {
  plan = PLAN;
  refusal = null;
  server.GET.mockReset().mockResolvedValue({ data: { status: "ready", message: "", media: {} } });
  server.POST.mockReset().mockImplementation((path: string) => {
    if (path.endsWith("/plan")) return Promise.resolve({ data: plan });
    if (refusal) return Promise.reject(refusal);
    return Promise.resolve({ data: path.endsWith("/check") ? { ...WRITTEN, files: [] } : WRITTEN });
  });
});

const draw = async (path = "/projects/p/export") => {
  renderPart(<ExportPage />, path);
  await screen.findByRole("heading", { level: 2, name: "What is written" });
};
const sentTo = (end: string) =>
  server.POST.mock.calls
    .filter(([path]) => String(path).endsWith(end))
    .map(([, init]) => (init as { body: ExportIn }).body);
const button = (name: string) => screen.getByRole("button", { name });

test("what changes is shown before anything is written", async () => {
  await draw();
  expect(screen.getByRole("link", { name: "1 of 900 rows changed" })).toBeVisible();
  const change = screen.getByRole("row", { name: /r3/ });
  expect(change).toHaveTextContent("shoe <b>boot</b>");
  expect(screen.getByRole("row", { name: /r4/ })).toHaveTextContent("excluded");
  expect(screen.getByRole("note")).toHaveTextContent("2 decisions left out");
  expect(sentTo("/export")).toEqual([]);
});

test("its own format comes first, and rows and columns can be chosen of others", async () => {
  await draw();
  expect(screen.getByRole("radio", { name: "CSV file, as it came" })).toBeChecked();
  expect(screen.getByRole("radio", { name: "Changed rows only" })).toBeDisabled();
  await userEvent.click(screen.getByRole("radio", { name: "Parquet" }));
  await userEvent.click(screen.getByRole("radio", { name: "Changed rows only" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "What was decided" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Neutralise spreadsheet formulas" }));
  await userEvent.click(button("Write the files"));
  const chosen = { rows: "changed", decisions: true, findings: false, neutralise: false, where: [] };
  expect(sentTo("/export")).toEqual([{ ...chosen, file_format: "parquet", certified: null }]);
  await userEvent.click(screen.getByRole("radio", { name: "CSV file, as it came" }));
  await userEvent.click(button("Write the files"));
  expect(sentTo("/export")[1]).toMatchObject({ file_format: "own", rows: "kept", decisions: false });
});

test("data that came from no file have another format first, and it is said why", async () => {
  plan = { ...PLAN, formats: PLAN.formats.slice(1), why_not_own: "It did not come from a file." };
  await draw();
  expect(screen.getByRole("radio", { name: "Parquet" })).toBeChecked();
  expect(screen.getByText("It did not come from a file.")).toBeVisible();
  await userEvent.click(button("Write the files"));
  expect(sentTo("/export")[0]?.file_format).toBe("parquet");
});

test("files that were written can be loaded, and that is said", async () => {
  await draw();
  await userEvent.click(button("Write the files"));
  const files = within(await screen.findByRole("region", { name: "Files that were written" }));
  const link = files.getByRole("link", { name: "Download shoes.corrected.csv" });
  expect(link).toHaveAttribute("href", "/api/projects/p/exports/shoes.corrected.csv");
  expect(files.getByText("48.2 kB")).toBeVisible();
  expect(screen.getByTestId("announcer")).toHaveTextContent("Written: 1 files, 899 rows.");
});

test("a try writes nothing and says what it would come to", async () => {
  await draw();
  await userEvent.click(button("Try without writing"));
  expect(await screen.findByText("It would be 899 rows. Nothing was written.")).toBeVisible();
  expect(sentTo("/export")).toEqual([]);
});

test("a refusal is shown in the server's own sentence", async () => {
  await draw();
  refusal = new ApiError(403, "The file could not be written: the disk is full.");
  await userEvent.click(button("Write the files"));
  expect(await screen.findByRole("alert")).toHaveTextContent("the disk is full");
});

test("rows under conditions are taken from the address, and can be all again", async () => {
  await draw("/projects/p/export?where=given%3Dshoe");
  await userEvent.click(screen.getByRole("radio", { name: "Parquet" }));
  expect(sentTo("/plan").at(-1)?.where).toEqual(["given=shoe"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Only rows with given=shoe" }));
  expect(sentTo("/plan").at(-1)?.where).toEqual([]);
});
