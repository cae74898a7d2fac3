import { expect, test } from "vitest";
import { formatBytes } from "./numbers";
import { formatAgo, formatDuration, formatDurations } from "./time";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test.each([
  [0.2, "1 s"],
  [89, "89 s"],
  [95, "2 min"],
  [3600, "60 min"],
  [5400, "1 h 30 min"],
  [7200, "2 h"],
])("%d seconds are %s", (seconds, words) => {
  expect(plain(formatDuration(seconds))).toBe(words);
});

test("a range that is one number is told as about that", () => {
  expect(plain(formatDurations(40, 95))).toBe("40 s to 2 min");
  expect(plain(formatDurations(100, 110))).toBe("about 2 min");
});

test.each([
  [20, "just now"],
  [130, "2 minutes ago"],
  [90_000, "yesterday"],
  [40 * 86_400, "22 Oct 2026"],
])("%d seconds ago is %s", (seconds, words) => {
  const now = Date.UTC(2026, 11, 1, 12) / 1000;
  expect(formatAgo(now - seconds, now)).toBe(words);
});

test("bytes are told in the largest unit that fits", () => {
  expect([999, 1000, 1_234_567, 5e12].map(formatBytes).map(plain)).toEqual([
    "999 bytes",
    "1.0 kB",
    "1.2 MB",
    "5.0 TB",
  ]);
});
