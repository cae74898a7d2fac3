import { describe, expect, test } from "vitest";
import { chordOf, isSingleKey, keycaps } from "./chord";

const press = (init: KeyboardEventInit) => chordOf(new KeyboardEvent("keydown", init));

describe("a chord", () => {
  test.each([
    [{ key: "j" }, "j"],
    [{ key: "J", shiftKey: true }, "Shift+j"],
    [{ key: "J" }, "j"], // caps lock
    [{ key: "?", shiftKey: true }, "?"],
    [{ key: " " }, "Space"],
    [{ key: "z", ctrlKey: true }, "Ctrl+z"],
    [{ key: "k", metaKey: true }, "Ctrl+k"],
    [{ key: "ArrowDown", shiftKey: true }, "Shift+ArrowDown"],
    [{ key: "о", code: "KeyJ" }, "j"], // a Cyrillic keyboard
  ])("of %o is %s", (init, chord) => {
    expect(press(init)).toBe(chord);
  });

  test("is a single key where it types a character", () => {
    expect(["j", "Shift+j", "?", "g o"].map(isSingleKey)).toEqual([true, true, true, true]);
    expect(["Ctrl+z", "ArrowDown", "Space", "Backspace"].map(isSingleKey)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("is printed key by key", () => {
    expect(keycaps("Shift+j")).toEqual(["Shift", "J"]);
    expect(keycaps("g o")).toEqual(["G", "O"]);
    expect(keycaps("ArrowUp")).toEqual(["↑"]);
  });
});
