import { chordOf, isSingleKey } from "./chord";
import { actionOf, SCOPES, type ActionId, type KeyAction } from "./keymap";
import { keysOf, type KeysOf } from "./presets";
import { isTaken } from "./taken";

/** Called with the chord that was pressed: `3` of `1…9`. */
export type KeyHandler = (chord: string) => void;
export type KeyHandlers = Readonly<Partial<Record<ActionId, KeyHandler | undefined>>>;

const SEQUENCE_MS = 1500;
const HOLD_MS = 150;

interface Binding {
  readonly action: KeyAction;
  readonly keys: readonly string[];
  readonly handle: KeyHandler;
}

/** Knows which actions have somebody to do them at the moment, and gives each key to one of them. */
export class KeyDispatcher {
  private singleKeys = true;
  private keys: KeysOf = keysOf("emendata", {});
  private readonly entries = new Set<{ current: KeyHandlers }>();
  private first: { chord: string; until: number } | null = null;
  private heldUntil = 0;

  /** Off: only keys that type no character, and those with Ctrl, still work. */
  setSingleKeys(on: boolean) {
    this.singleKeys = on;
  }

  /** Which keys do what from now on. */
  setKeys(keys: KeysOf) {
    this.keys = keys;
  }

  /** Answer keys with these handlers until the returned function is called. */
  register(handlers: { current: KeyHandlers }): () => void {
    this.entries.add(handlers);
    return () => this.entries.delete(handlers);
  }

  /** Ignore decisions for a moment: the row under the keys has just changed by itself. */
  hold() {
    this.heldUntil = performance.now() + HOLD_MS;
  }

  /** The actions that somebody answers at the moment. */
  active(): Set<ActionId> {
    return new Set(this.bindings().map(({ action }) => action.id as ActionId));
  }

  /** Do an action without its key; nothing happens where nobody answers it. */
  run(id: ActionId) {
    const binding = this.bindings().find(({ action }) => action.id === id);
    binding?.handle(binding.keys[0] ?? "");
  }

  readonly onKeyDown = (event: KeyboardEvent) => {
    if (isTaken(event) || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const chord = this.withFirst(chordOf(event));
    if (isSingleKey(chord) && !this.singleKeys) return;
    const bindings = this.bindings();
    const binding = bindings.find(({ keys }) => keys.includes(chord));
    if (binding) {
      event.preventDefault();
      if (this.mayFire(binding.action.kind, event.repeat)) binding.handle(chord);
    } else if (bindings.some(({ keys }) => keys.some((one) => one.startsWith(`${chord} `)))) {
      event.preventDefault();
      this.first = { chord, until: performance.now() + SEQUENCE_MS };
    }
  };

  /** Both chords of a sequence whose first was pressed a moment ago, or this one. */
  private withFirst(chord: string): string {
    const first = this.first;
    this.first = null;
    return first && performance.now() < first.until ? `${first.chord} ${chord}` : chord;
  }

  private mayFire(kind: KeyAction["kind"], repeats: boolean): boolean {
    if (repeats) return kind === "move";
    return kind !== "decide" || performance.now() >= this.heldUntil;
  }

  /** The latest handler of each action, those of the innermost scope first. */
  private bindings(): Binding[] {
    const handlers = Object.assign({}, ...[...this.entries].map((entry) => entry.current)) as KeyHandlers;
    const ids = Object.keys(handlers) as ActionId[];
    return ids
      .flatMap((id) =>
        handlers[id] ? [{ action: actionOf(id), keys: this.keys.get(id) ?? [], handle: handlers[id] }] : [],
      )
      .sort((a, b) => SCOPES.indexOf(b.action.scope) - SCOPES.indexOf(a.action.scope));
  }
}
