import { actionOf, KEY_MAP, type ActionId, type KeyAction } from "./keymap";

export type Preset = "emendata" | "cleanlab" | "prodigy" | "vim";
export type OwnKeys = Readonly<Partial<Record<ActionId, readonly string[]>>>;
export type KeysOf = ReadonlyMap<ActionId, readonly string[]>;

/** What each preset has other than the key map says. */
const CHANGES: Record<Preset, OwnKeys> = {
  emendata: {},
  cleanlab: {
    next: ["ArrowDown", "j"],
    previous: ["ArrowUp", "k"],
    help: ["h", "?"],
  },
  prodigy: {
    accept: ["a"],
    keep: ["x"],
    skip: ["Space"],
    needsReview: ["f"],
    undo: ["Backspace", "Ctrl+z"],
    zoom: ["o"],
    selectAll: ["Shift+a"],
    select: ["Shift+x"],
    addFilter: ["Shift+f"],
    removeFilter: ["Shift+Backspace"],
  },
  vim: {
    undo: ["u", "Ctrl+z"],
    redo: ["Ctrl+r"],
    exclude: ["d"],
    comment: ["i"],
    select: ["v"],
    view: ["Shift+v"],
  },
};

export const PRESETS: Record<Preset, string> = {
  emendata: "emendata",
  cleanlab: "Cleanlab",
  prodigy: "Prodigy",
  vim: "Vim",
};

const actions: readonly KeyAction[] = KEY_MAP;

/** The keys of every action: those of a preset, and over them a person's own. */
export function keysOf(preset: Preset, own: OwnKeys): KeysOf {
  const changes: OwnKeys = { ...CHANGES[preset], ...own };
  return new Map(actions.map(({ id, keys }) => [id as ActionId, changes[id as ActionId] ?? keys] as const));
}

/** Which other action of the same screen a key belongs to, or which sequence it would begin; null where it is free. */
export function ownerOf(chord: string, keys: KeysOf, besides: ActionId): KeyAction | null {
  const isTaken = (one: string) => one === chord || one.startsWith(`${chord} `);
  const { scope: here } = actionOf(besides);
  const found = actions.find(
    ({ id, scope }) =>
      id !== besides &&
      (scope === here || scope === "everywhere" || here === "everywhere") &&
      keys.get(id as ActionId)?.some(isTaken),
  );
  return found ?? null;
}
