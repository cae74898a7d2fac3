import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("src/app/tokens.css", "utf8");

function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map(
    [...block.matchAll(/--em-([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const SCHEMES = [
  [":root", 4.5],
  [':root[data-mantine-color-scheme="dark"]', 4.5],
  [':root[data-contrast="more"]', 7],
  [':root[data-contrast="more"][data-mantine-color-scheme="dark"]', 7],
] as const;
const GROUNDS = ["paper", "surface", "sunken"];
const PAIRS = [
  ...["ink", "ink-soft", "accent", "struck"].flatMap((text) =>
    GROUNDS.map((ground) => [text, ground] as const),
  ),
  ["accent", "accent-soft"],
  ["ink", "accent-soft"],
  ["struck", "struck-soft"],
] as const;

test.each(SCHEMES)("in %s text stands out from its ground by %s to 1", (selector, least) => {
  const colour = colours(selector);
  const low = PAIRS.filter(
    ([text, ground]) => contrast(colour.get(text) ?? "", colour.get(ground) ?? "") < least,
  );
  expect(low).toEqual([]);
});

test.each(SCHEMES)("in %s borders of controls stand out by 3 to 1", (selector) => {
  const colour = colours(selector);
  expect(contrast(colour.get("rule-strong") ?? "", colour.get("surface") ?? "")).toBeGreaterThanOrEqual(3);
});
