import { useMemo } from "react";
import { useSettings } from "../app/settings";
import { keysOf, type KeysOf } from "./presets";

/** The keys of every action as they are set in this browser. */
export function useKeysOf(): KeysOf {
  const { preset, ownKeys } = useSettings();
  return useMemo(() => keysOf(preset, ownKeys), [preset, ownKeys]);
}
