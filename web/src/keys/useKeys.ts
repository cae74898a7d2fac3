import { createContext, useContext, useEffect, useLayoutEffect, useRef } from "react";
import type { KeyDispatcher, KeyHandlers } from "./dispatcher";

export const KeysContext = createContext<KeyDispatcher | null>(null);

/** The dispatcher: run an action, hold decisions for a moment, see which actions are active. */
export function useKeys(): KeyDispatcher {
  const keys = useContext(KeysContext);
  if (!keys) throw new Error("useKeys works inside KeysProvider only.");
  return keys;
}

/** Answer these actions of the key map for as long as the component is shown. */
export function useKeyActions(handlers: KeyHandlers) {
  const keys = useKeys();
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => keys.register(latest), [keys]);
}
