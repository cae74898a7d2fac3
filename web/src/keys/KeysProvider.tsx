import { useEffect, useState, type ReactNode } from "react";
import { useSettings } from "../app/settings";
import { KeyDispatcher } from "./dispatcher";
import { useKeysOf } from "./useKeysOf";
import { KeysContext } from "./useKeys";

/** Listens to the keyboard for everything inside. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const { singleKeys } = useSettings();
  const keysOf = useKeysOf();
  const [keys] = useState(() => new KeyDispatcher());

  useEffect(() => {
    keys.setSingleKeys(singleKeys);
    keys.setKeys(keysOf);
  }, [keys, singleKeys, keysOf]);

  useEffect(() => {
    document.addEventListener("keydown", keys.onKeyDown);
    return () => document.removeEventListener("keydown", keys.onKeyDown);
  }, [keys]);

  return <KeysContext value={keys}>{children}</KeysContext>;
}
