import { VisuallyHidden } from "@mantine/core";
import { useCallback, useState, type ReactNode } from "react";
import { AnnounceContext } from "./useAnnounce";

/** Speaks to screen readers: "Row 12 relabelled shoe to boot, 49 left, press Z to undo". */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => setSpoken(({ turn }) => ({ text, turn: turn + 1 })), []);
  // The same words twice are two messages: a no-break space makes the second differ.
  return (
    <AnnounceContext value={announce}>
      {children}
      <VisuallyHidden role="status" aria-live="polite" data-testid="announcer">
        {spoken.text + (spoken.turn % 2 ? "\u00a0" : "")}
      </VisuallyHidden>
    </AnnounceContext>
  );
}
