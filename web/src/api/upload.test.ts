import { beforeEach, expect, test, vi } from "vitest";
import { FakeRequest } from "../testing/FakeRequest";
import { upload, type Drop } from "./upload";

const server = vi.hoisted(() => ({ POST: vi.fn(), DELETE: vi.fn() }));
vi.mock("./client", () => ({ api: server }));

const piece = (place: string) => ({ place, file: new File(["1234"], place) });
const FOLDER: Drop = { name: "shoes", isFolder: true, pieces: ["boot/1.png", "boot/2.png"].map(piece) };
const FILE: Drop = { name: "a b.csv", isFolder: false, pieces: [piece("a b.csv")] };

beforeEach(() => {
  FakeRequest.all.length = 0;
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  server.POST.mockReset().mockResolvedValue({ data: { upload: "up", folder: "/w/up" } });
  server.DELETE.mockReset().mockResolvedValue({});
});

const requests = (n: number) => vi.waitFor(() => expect(FakeRequest.all).toHaveLength(n));

test("a file goes with the header of our own pages, and its place is the source", async () => {
  const done = upload(FILE, vi.fn(), new AbortController().signal);
  await requests(1);
  const [request] = FakeRequest.all;
  expect(request?.address).toBe("PUT /api/uploads/up?name=a%20b.csv");
  expect(request?.headers).toEqual({ "X-Emendata": "1" });
  request?.answer(200, { source: "/w/up/a b.csv" });
  expect(await done).toBe("/w/up/a b.csv");
  expect(server.POST.mock.calls[0]?.[1]).toMatchObject({ body: { name: "a b.csv", n_bytes: 4 } });
});

test("of a folder the source is the folder, and what has left is counted over all files", async () => {
  const onSent = vi.fn();
  const done = upload(FOLDER, onSent, new AbortController().signal);
  await requests(2);
  const [first, second] = FakeRequest.all;
  first?.upload.onprogress?.({ loaded: 3 });
  second?.upload.onprogress?.({ loaded: 2 });
  first?.answer(200, { source: "/w/up/boot/1.png" });
  second?.answer(200, { source: "/w/up/boot/2.png" });
  expect(await done).toBe("/w/up");
  expect(onSent.mock.calls.flat()).toEqual([3, 5, 6, 8]);
});

test("an upload that is given up stops at once and leaves nothing", async () => {
  const controller = new AbortController();
  const done = upload(FOLDER, vi.fn(), controller.signal);
  await requests(2);
  controller.abort();
  await expect(done).rejects.toThrow("given up");
  expect(server.DELETE).toHaveBeenCalledOnce();
});

test("a refused file stops the others, and the server's sentence comes through", async () => {
  const done = upload(FOLDER, vi.fn(), new AbortController().signal);
  await requests(2);
  FakeRequest.all[0]?.answer(507, { detail: "The disk is full." });
  await expect(done).rejects.toThrow("The disk is full.");
  expect(server.DELETE).toHaveBeenCalledOnce();
});
