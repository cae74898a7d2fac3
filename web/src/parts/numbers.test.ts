import { expect, test } from "vitest";
import { formatBytes, formatScore, formatShare } from "./numbers";

test.each([
  [1, "1"],
  [0.0312, "0.031"],
  [0.001, "0.001"],
  [0.000023, "2.3e-5"],
  [3.14e-9, "3.1e-9"],
  [0, "0"],
])("the score %d is written in few characters", (score, written) => {
  expect(formatScore(score)).toBe(written);
});

test("shares and sizes have their units", () => {
  expect(formatShare(0.0312)).toBe("3.1\u00a0%");
  expect(formatBytes(1_234_567)).toBe("1.2\u00a0MB");
});
