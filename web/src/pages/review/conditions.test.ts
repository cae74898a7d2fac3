import { expect, test } from "vitest";
import { between, brushed, brushOf, chosenOf, rangeOf, toggled } from "./conditions";
import { DOM_MOST, scaleOf } from "./scale";

const EDGES = [0, 0.25, 0.5, 0.75, 1];

test("a click adds a condition, another takes it away, with Alt it is turned round", () => {
  const once = toggled(["flagged=yes"], "given", "boot", false);
  expect(once).toEqual(["flagged=yes", "given=boot"]);
  expect([...chosenOf(once, "given")]).toEqual(["boot"]);
  expect(toggled(once, "given", "boot", false)).toEqual(["flagged=yes"]);
  expect(toggled(once, "given", "boot", true)).toEqual(["flagged=yes", "given!=boot"]);
});

test("a range becomes conditions and is read from them again", () => {
  const where = brushed(["flagged=yes", "score<0.5"], "score", EDGES, { from: 1, to: 3 });
  expect(where).toEqual(["flagged=yes", "score>=0.25", "score<0.75"]);
  expect(brushOf(where, "score", EDGES)).toEqual({ from: 1, to: 3 });
  expect(brushed(where, "score", EDGES, null)).toEqual(["flagged=yes"]);
  expect(brushOf(["flagged=yes"], "score", EDGES)).toBeNull();
});

test("a range that is typed has both its ends, and the histogram shows it", () => {
  const where = between(["flagged=yes", "score<0.9"], "score", { from: "0.25", to: " 0.75" });
  expect(where).toEqual(["flagged=yes", "score>=0.25", "score<=0.75"]);
  expect(rangeOf(where, "score")).toEqual({ from: "0.25", to: "0.75" });
  expect(brushOf(where, "score", EDGES)).toEqual({ from: 1, to: 3 });
  expect(between(where, "score", { from: "", to: "" })).toEqual(["flagged=yes"]);
});

test("scrolling is scaled only where the rows are taller than an element may be", () => {
  expect(scaleOf(DOM_MOST, 600)).toBe(1);
  const scale = scaleOf(4 * DOM_MOST, 600);
  expect((DOM_MOST - 600) * scale).toBeCloseTo(4 * DOM_MOST - 600); // the last row can be reached
});
