import { expect, test } from "vitest";
import { actionOf } from "./keymap";
import { keysOf, ownerOf, PRESETS, type Preset } from "./presets";

test.each(Object.keys(PRESETS) as Preset[])("in the preset %s every key does one thing", (preset) => {
  const keys = keysOf(preset, {});
  const taken = [...keys].flatMap(([id, chords]) =>
    chords.flatMap((chord) => {
      const owner = ownerOf(chord, keys, id);
      return owner ? [`${chord}: ${id} and ${owner.id}`] : [];
    }),
  );
  expect(taken).toEqual([]);
});

test("own keys go before those of the preset, and what they want must be free", () => {
  const keys = keysOf("vim", { accept: ["y"] });
  expect(keys.get("accept")).toEqual(["y"]);
  expect(keys.get("undo")).toEqual(["u", "Ctrl+z"]);
  expect(ownerOf("y", keys, "keep")).toBe(actionOf("accept"));
  expect(ownerOf("g", keys, "keep")).toBe(actionOf("goOverview"));
  expect(ownerOf("y", keys, "accept")).toBeNull();
  expect(ownerOf("b", keys, "yes")).toBeNull();
  expect(ownerOf("y", keys, "goOverview")).toBe(actionOf("accept"));
});
