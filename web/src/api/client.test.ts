import { renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "./client";
import { ApiError } from "./errors";
import { useSessionEnded } from "./session";

const server = vi.fn<(request: Request) => Promise<Response>>();
// The test needs no real path: how calls fail is the same for all.
const get = () => (api.GET as (path: string, init: object) => Promise<unknown>)("/api/x", OPTIONS);
const OPTIONS = { fetch: server, baseUrl: "http://127.0.0.1" };

beforeEach(() => {
  server.mockReset();
});

test("a call carries the header that other sites cannot send", async () => {
  server.mockResolvedValue(Response.json({}));
  await get();
  expect(server.mock.calls[0]?.[0].headers.get("X-Emendata")).toBe("1");
});

test("what fails is thrown with the server's own sentence", async () => {
  server.mockResolvedValue(Response.json({ detail: "There is no row 12." }, { status: 404 }));
  await expect(get()).rejects.toEqual(new ApiError(404, "There is no row 12."));
});

test("silence is an error with a way out", async () => {
  server.mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(get()).rejects.toThrow("The server does not answer.");
});

test("401 ends the session", async () => {
  const session = renderHook(useSessionEnded);
  server.mockResolvedValue(new Response(null, { status: 401 }));
  await expect(get()).rejects.toThrow(ApiError);
  session.rerender();
  expect(session.result.current).toBe(true);
});
