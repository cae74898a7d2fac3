/** What was pressed, as the key map writes it: `j`, `Shift+j`, `Ctrl+z`, `?`, `Space`. Command counts as Ctrl. */
export function chordOf(event: KeyboardEvent): string {
  const key = latinLetter(event) ?? (event.key === " " ? "Space" : event.key);
  const isLetter = /^[a-z]$/i.test(key);
  const hasShift = event.shiftKey && (isLetter || key.length > 1);
  return (
    (event.ctrlKey || event.metaKey ? "Ctrl+" : "") +
    (event.altKey ? "Alt+" : "") +
    (hasShift ? "Shift+" : "") +
    (isLetter ? key.toLowerCase() : key)
  );
}

/** On keyboards of other scripts, the Latin letter printed on the same key. */
function latinLetter(event: KeyboardEvent): string | undefined {
  const isOtherLetter = /^\p{L}$/u.test(event.key) && !/^[a-z]$/i.test(event.key);
  return isOtherLetter ? /^Key([A-Z])$/.exec(event.code)?.[1] : undefined;
}

/** A key that types a character, by itself or with Shift: what the setting for single keys turns off. */
export function isSingleKey(chord: string): boolean {
  const last = chord.split(" ")[0] ?? chord;
  return last.replace("Shift+", "").length === 1;
}

const NAMES: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };
const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** A chord as it is printed on a button, one string a key: `["Shift", "J"]`. */
export function keycaps(chord: string): string[] {
  return chord
    .split(/[+ ](?=.)/)
    .map((key) =>
      key === "Ctrl" && isMac ? "⌘" : (NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}
