import { expect, test } from "vitest";
import { mergedOf, paramsOf, planOf, scopeOf, withOnly } from "./scope";

const plan = (query: string) => planOf(new URLSearchParams(query));

test("an address without conditions means open findings; one that names an order means all rows", () => {
  expect(plan("").where).toEqual(["flagged=yes", "decision=open"]);
  expect(plan("where=&sort=worst").where).toEqual([]);
  expect(plan("sort=-score").where).toEqual([]);
});

test("a plan that is written into the address is read again as it was", () => {
  const asked = "where=given%3Dshoe&where=score%3C%3D0.2&sort=-score&row=4&row=7&top=20&action=accept";
  const read = plan(`${asked}&test=1&certified=0.9`);
  expect(planOf(paramsOf(read))).toEqual(read);
  expect(scopeOf(read)).toEqual({
    action: "accept",
    value: null,
    where: ["given=shoe", "score<=0.2"],
    sort: "-score",
    top: 20,
    rows: [4, 7],
    include_test: true,
    certified: 0.9,
  });
});

test("nothing is asked while a class is missing, and merging is setting one class", () => {
  expect(scopeOf(plan("action=relabel"))).toBeNull();
  expect(scopeOf(plan("action=merge&value=boot"))).toBeNull();
  expect(scopeOf(plan("where=given%3Dshoe&action=merge&value=boot"))).toMatchObject({
    action: "relabel",
    value: "boot",
    where: ["given=shoe"],
  });
  expect(mergedOf(["given=a=b"])).toBe("a=b");
});

test("the guard is only for suggestions", () => {
  expect(plan("action=exclude&certified=0.95").certified).toBeNull();
});

test("one value of a field takes the place of another", () => {
  expect(withOnly(["check=a", "given=x"], "check", "=", "b")).toEqual(["given=x", "check=b"]);
  expect(withOnly(["score<=0.4", "given=x"], "score", "<=", null)).toEqual(["given=x"]);
});
