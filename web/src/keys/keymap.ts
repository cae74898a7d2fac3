/** How a key is judged: moves may repeat while held down, decisions wait a moment after the row under them changes. */
export type KeyKind = "move" | "decide" | "do";

/** Where a key works. Where two scopes want one key, the later in this list has it. */
export const SCOPES = ["everywhere", "review", "bulk"] as const;
export type KeyScope = (typeof SCOPES)[number];

export interface KeyAction {
  readonly id: string;
  /** Chords such as `j`, `Shift+j`, `Ctrl+z`, `ArrowDown`, or two after each other: `g o`. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly group: string;
  readonly kind: KeyKind;
  readonly scope: KeyScope;
  /** What to print instead of many keys: `1…9`. */
  readonly shown?: string;
}

const review = { scope: "review" } as const;
const bulk = { scope: "bulk" } as const;
const everywhere = { scope: "everywhere" } as const;

/** Every key of the app, in the order in which the help shows them. */
export const KEY_MAP = [
  { id: "next", keys: ["j", "ArrowDown"], label: "Next row", group: "Move", kind: "move", ...review },
  { id: "previous", keys: ["k", "ArrowUp"], label: "Previous row", group: "Move", kind: "move", ...review },
  {
    id: "skip",
    keys: ["s"],
    label: "Skip: stays open, comes later",
    group: "Move",
    kind: "decide",
    ...review,
  },
  { id: "zoom", keys: ["Space"], label: "Zoom, full text", group: "Move", kind: "do", ...review },
  { id: "similar", keys: ["t"], label: "Similar rows", group: "Move", kind: "do", ...review },
  { id: "view", keys: ["v"], label: "Next way of showing", group: "Move", kind: "do", ...review },

  { id: "accept", keys: ["w"], label: "Accept the suggestion", group: "Decide", kind: "decide", ...review },
  { id: "keep", keys: ["q"], label: "Keep what is given", group: "Decide", kind: "decide", ...review },
  { id: "exclude", keys: ["e"], label: "Exclude or include", group: "Decide", kind: "decide", ...review },
  {
    id: "needsReview",
    keys: ["n"],
    label: "Needs review, or not",
    group: "Decide",
    kind: "decide",
    ...review,
  },
  {
    id: "rank",
    keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    shown: "1…9",
    label: "The class at this place of the list",
    group: "Decide",
    kind: "decide",
    ...review,
  },
  { id: "none", keys: ["0"], label: "None of these", group: "Decide", kind: "decide", ...review },
  { id: "label", keys: ["l"], label: "Choose a label by name", group: "Decide", kind: "do", ...review },
  { id: "comment", keys: ["c"], label: "Comment", group: "Decide", kind: "do", ...review },
  { id: "repeat", keys: ["."], label: "The last decision again", group: "Decide", kind: "decide", ...review },
  { id: "undo", keys: ["z", "Ctrl+z"], label: "Undo", group: "Decide", kind: "do", ...everywhere },
  { id: "redo", keys: ["Shift+z"], label: "Redo", group: "Decide", kind: "do", ...everywhere },

  { id: "extendNext", keys: ["Shift+j"], label: "Select down", group: "Select", kind: "move", ...review },
  { id: "extendPrevious", keys: ["Shift+k"], label: "Select up", group: "Select", kind: "move", ...review },
  { id: "select", keys: ["x"], label: "Select this row", group: "Select", kind: "do", ...review },
  { id: "selectAll", keys: ["a"], label: "Select all that match", group: "Select", kind: "do", ...review },
  { id: "search", keys: ["/"], label: "Search", group: "Select", kind: "do", ...review },
  { id: "addFilter", keys: ["f"], label: "Add a filter", group: "Select", kind: "do", ...review },
  {
    id: "removeFilter",
    keys: ["Backspace"],
    label: "Remove the last filter",
    group: "Select",
    kind: "do",
    ...review,
  },
  { id: "thresholdDown", keys: ["["], label: "Threshold down", group: "Select", kind: "move", ...review },
  { id: "thresholdUp", keys: ["]"], label: "Threshold up", group: "Select", kind: "move", ...review },
  { id: "bulk", keys: ["b"], label: "Fix what is shown in bulk", group: "Select", kind: "do", ...review },

  { id: "yes", keys: ["y"], label: "Quick check: right", group: "Bulk fix", kind: "decide", ...bulk },
  { id: "no", keys: ["n"], label: "Quick check: wrong", group: "Bulk fix", kind: "decide", ...bulk },
  {
    id: "applyBulk",
    keys: ["Shift+b"],
    label: "Make the change of many rows",
    group: "Bulk fix",
    kind: "do",
    ...bulk,
  },

  { id: "goOverview", keys: ["g o"], label: "Go to Overview", group: "Go", kind: "do", ...everywhere },
  { id: "goReview", keys: ["g r"], label: "Go to Review", group: "Go", kind: "do", ...everywhere },
  { id: "goMap", keys: ["g m"], label: "Go to Map", group: "Go", kind: "do", ...everywhere },
  { id: "goHistory", keys: ["g h"], label: "Go to History", group: "Go", kind: "do", ...everywhere },
  { id: "goExport", keys: ["g x"], label: "Go to Export", group: "Go", kind: "do", ...everywhere },
  {
    id: "palette",
    keys: ["Ctrl+k"],
    label: "Find any action or place",
    group: "Go",
    kind: "do",
    ...everywhere,
  },
  { id: "help", keys: ["?", "h"], label: "Show all keys", group: "Go", kind: "do", ...everywhere },
] as const satisfies readonly KeyAction[];

export type ActionId = (typeof KEY_MAP)[number]["id"];

const actions: readonly KeyAction[] = KEY_MAP;
const byId = new Map(actions.map((action) => [action.id, action]));

export function actionOf(id: ActionId): KeyAction {
  const action = byId.get(id);
  if (!action) throw new Error(`No action is called '${id}'.`);
  return action;
}

/** The actions by group, in the order of the map. */
export function groupsOfKeys(): [group: string, actions: KeyAction[]][] {
  const groups = new Map<string, KeyAction[]>();
  for (const action of actions) groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  return [...groups];
}
