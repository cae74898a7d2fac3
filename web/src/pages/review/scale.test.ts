import { expect, test } from "vitest";
import { DOM_MOST, offsetFor, scaleOf } from "./scale";

test("a row that is in view stays where it is, another comes just into view", () => {
  expect(offsetFor(12, 40, 400, 600)).toBe(400);
  expect(offsetFor(30, 40, 400, 600)).toBe(680);
  expect(offsetFor(3, 40, 400, 600)).toBe(80);
  expect(offsetFor(0, 40, 400, 600)).toBe(0);
});

test("the last of a million rows is reached, though no element is that tall", () => {
  const [view, whole] = [600, 40_000_000];
  const scrolled = offsetFor(999_999, 40, 0, view) / scaleOf(whole, view);
  expect(scrolled).toBeGreaterThan(DOM_MOST - view - 1);
});
