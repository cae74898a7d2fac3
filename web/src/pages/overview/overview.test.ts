import { expect, test } from "vitest";
import { matrixOf, shadeOf } from "./confusion";
import { rangeOf, shareOf } from "./range";

test("of five hundred classes the matrix holds those of the largest confusions, and counts their rows", () => {
  const flows = Array.from({ length: 500 }, (_, n) => ({
    given: `class ${n}`,
    suggested: `class ${(n + 1) % 500}`,
    n_rows: n < 2 ? 100 : 1,
  }));
  const matrix = matrixOf(flows, 4);
  expect(matrix.names).toEqual(["class 0", "class 1", "class 2", "class 3"]);
  expect(matrix.countOf("class 0", "class 1")).toBe(100);
  expect(matrix.countOf("class 1", "class 0")).toBe(0);
  expect(matrix.nShown).toBe(201);
  expect(matrixOf(flows, 5).names).toHaveLength(5);
});

test("small counts are seen beside large ones, and none is not shaded", () => {
  expect([shadeOf(0, 1000), shadeOf(1000, 1000)]).toEqual([0, 100]);
  expect(shadeOf(1, 1000)).toBeGreaterThan(25);
});

test("ranges and parts as people say them", () => {
  expect([rangeOf(28, 41), rangeOf(5, 5)]).toEqual(["28–41", "about 5"]);
  expect([shareOf(28, 41, 890), shareOf(0, 0, 0)]).toEqual(["3.1–4.6\u00a0%", "0.0\u00a0%"]);
});
