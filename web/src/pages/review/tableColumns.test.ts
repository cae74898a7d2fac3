import { expect, test } from "vitest";
import { gridTemplate, tableColumns } from "./tableColumns";

const data = ["note", "size", "colour"].map((name) => ({ name, role: name === "note" ? "text" : "number" }));
const titles = (width: number) => tableColumns(data, width, true).map(({ title }) => title);

test("ours are always there, the data's as far as there is room", () => {
  expect(titles(20)).toEqual(["Row", "Label", "Score", "Decision"]);
  expect(titles(34)).toEqual(["Row", "Label", "note", "Score", "Decision"]);
  expect(titles(80)).toEqual(["Row", "Label", "note", "size", "colour", "Score", "Decision"]);
});

test("what must be there fits into the width", () => {
  const least = gridTemplate(tableColumns(data, 34, true)).match(/[\d.]+(?=rem)/g) ?? [];
  expect(least.reduce((sum, width) => sum + Number(width), 0)).toBeLessThan(34);
});
