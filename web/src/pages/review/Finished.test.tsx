import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { Finished } from "./Finished";

const server = vi.hoisted(() => ({ GET: vi.fn() }));
vi.mock("../../api/client", () => ({ api: server }));

const ALL = {
  n_rows: 40,
  n_open: 0,
  kinds: [
    { kind: "relabel", n: 31 },
    { kind: "keep", n: 9 },
  ],
  n_wrong: 31,
  reckoning: null,
  next: { place: "sample", title: "The random sample", n: 18, where: [] },
  without: [],
};
const draw = (summary: object, where: string[]) => {
  const setWhere = vi.fn();
  server.GET.mockResolvedValue({ data: summary });
  renderPart(<Finished project="p" where={where} setWhere={setWhere} />);
  return setWhere;
};

test("a queue that is done says what came of it, and goes on with the sample", async () => {
  draw(ALL, ["flagged=yes", "decision=open"]);
  expect(
    await screen.findByText("40 rows: 31 relabelled, 9 kept. 31 of their labels were found wrong."),
  ).toBeVisible();
  expect(screen.getByRole("link", { name: "Answer 18 randomly drawn rows" })).toHaveAttribute(
    "href",
    "/projects/p/review?queue=sample",
  );
});

test("a filter that nothing fulfils names the condition in the way, and takes it away", async () => {
  const without = [
    { condition: "score<0.1", n: 7 },
    { condition: "given=shoe", n: 0 },
  ];
  const setWhere = draw({ ...ALL, n_rows: 0, without }, ["given=shoe", "score<0.1"]);
  fireEvent.click(await screen.findByRole("button", { name: "Remove score<0.1: 7 rows" }));
  expect(setWhere).toHaveBeenCalledWith(["given=shoe"]);
  expect(screen.queryByRole("button", { name: /given=shoe/ })).toBeNull();
});
