import { expect, test } from "vitest";
import { importPath, readChoices, withRole, writeChoices, type Choices } from "./choices";

const CHOICES: Choices = {
  source: "/data/a & b.csv",
  label: "mood",
  roles: { "a=b": "ignore", size: "number" },
  task: "multiclass",
  mode: "thorough",
  table: "second sheet",
};

test("what was chosen survives the address", () => {
  expect(readChoices(writeChoices(CHOICES))).toEqual(CHOICES);
});

test("nothing said is nothing chosen, and no label is said", () => {
  const { search } = new URL(importPath("/data/a & b.csv"), "http://x");
  const read = readChoices(new URLSearchParams(search));
  expect(read).toEqual({
    source: "/data/a & b.csv",
    label: null,
    roles: {},
    task: null,
    mode: "balanced",
    table: null,
  });
  expect(readChoices(writeChoices({ ...read, label: "" })).label).toBe("");
});

test("a mode and a task that are none are not taken over", () => {
  const read = readChoices(new URLSearchParams("source=x&mode=fast&task=nonsense"));
  expect([read.mode, read.task]).toEqual(["balanced", null]);
});

test("a column that becomes the label takes the place of the one before", () => {
  const changed = withRole(CHOICES, "size", "label", "mood");
  expect(changed).toMatchObject({ label: "size", task: null, roles: { "a=b": "ignore" } });
});

test("a label that becomes something else leaves the data without one", () => {
  const changed = withRole(CHOICES, "mood", "text", "mood");
  expect(changed).toMatchObject({ label: "", task: null, roles: { mood: "text", size: "number" } });
});
