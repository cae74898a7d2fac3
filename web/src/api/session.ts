import { useSyncExternalStore } from "react";

// The server keeps the session in a cookie that scripts cannot read; all that is known here is whether it said no.
let ended = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The server does not know this browser (any more). */
export function endSession() {
  ended = true;
  listeners.forEach((listener) => listener());
}

/** The server knows this browser again. */
export function resumeSession() {
  if (!ended) return;
  ended = false;
  listeners.forEach((listener) => listener());
}

/** Whether the server has refused a call for want of a session. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(subscribe, () => ended);
}
