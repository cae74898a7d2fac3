import { createContext, useContext } from "react";

export const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** Say something to people who do not see the screen. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}
