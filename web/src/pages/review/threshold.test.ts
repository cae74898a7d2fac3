import { expect, test } from "vitest";
import { stepped, thresholdOf } from "./threshold";

test("the threshold goes down in steps that can be told apart, and up the same way", () => {
  let where = ["flagged=yes"];
  const passed: (number | null)[] = [];
  for (let step = 0; step < 10; step++) {
    where = stepped(where, -1);
    passed.push(thresholdOf(where));
  }
  expect(passed).toEqual([0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002]);
  for (const expected of passed.slice(0, -1).reverse()) {
    where = stepped(where, 1);
    expect(thresholdOf(where)).toBe(expected);
  }
});

test("above the highest there is none, and other conditions stay", () => {
  expect(stepped(["given=a", "score<0.9"], 1)).toEqual(["given=a"]);
  expect(stepped(["given=a"], 1)).toEqual(["given=a"]);
  expect(stepped(["score<0.37"], -1)).toEqual(["score<0.3"]);
});
