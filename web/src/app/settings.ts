import { useSyncExternalStore } from "react";
import type { OwnKeys, Preset } from "../keys/presets";

export type Scheme = "system" | "light" | "dark";
export type Contrast = "system" | "normal" | "more";
/** What digits choose: the likeliest values of a row, or always the same classes. */
export type Numbering = "likely" | "fixed";
export type Density = "comfortable" | "compact";

/** What a person sets for this browser. */
export interface Settings {
  readonly scheme: Scheme;
  readonly contrast: Contrast;
  readonly density: Density;
  /** Whether keys that type a character do something by themselves. */
  readonly singleKeys: boolean;
  readonly numbering: Numbering;
  /** Under which name decisions are written down; empty for the user of the machine. */
  readonly person: string;
  /** The key map, and the keys that differ from it. */
  readonly preset: Preset;
  readonly ownKeys: OwnKeys;
}

const DEFAULTS: Settings = {
  scheme: "system",
  contrast: "system",
  density: "comfortable",
  singleKeys: true,
  numbering: "likely",
  person: "",
  preset: "emendata",
  ownKeys: {},
};
const STORED_AS = "emendata.settings";

const listeners = new Set<() => void>();
let settings = read();

function read(): Settings {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(STORED_AS) ?? "{}") as Partial<Settings>) };
  } catch {
    return DEFAULTS; // somebody else's words under our name
  }
}

function publish(next: Settings) {
  settings = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Another tab has changed them.
window.addEventListener("storage", (event) => {
  if (event.key === STORED_AS || event.key === null) publish(read());
});

export function changeSettings(change: Partial<Settings>) {
  const next = { ...settings, ...change };
  localStorage.setItem(STORED_AS, JSON.stringify(next));
  publish(next);
}

export function currentSettings(): Settings {
  return settings;
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, () => settings);
}

/** Forget all that was set. */
export function resetSettings() {
  localStorage.removeItem(STORED_AS);
  publish(DEFAULTS);
}
