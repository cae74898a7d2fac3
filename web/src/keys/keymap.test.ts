import { expect, test } from "vitest";
import { KEY_MAP, SCOPES, type KeyAction } from "./keymap";

const actions: readonly KeyAction[] = KEY_MAP;

test("no two actions of a scope want the same key", () => {
  for (const scope of SCOPES) {
    const keys = actions.filter((action) => action.scope === scope).flatMap((action) => action.keys);
    expect(keys).toEqual([...new Set(keys)]);
  }
});

test("no key by itself begins a sequence", () => {
  const keys = actions.flatMap((action) => action.keys);
  const firsts = keys.filter((chord) => chord.includes(" ")).map((chord) => chord.split(" ")[0]);
  expect(keys.filter((chord) => firsts.includes(chord))).toEqual([]);
});

test("every action has a name of its own", () => {
  expect(new Set(actions.map((action) => action.id)).size).toBe(actions.length);
});
