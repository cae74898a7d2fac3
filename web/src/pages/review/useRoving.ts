import { useEffect, type RefObject } from "react";

/** Keep the selected one in view, and the focus on it where the focus is among them. */
export function useRoving(
  scroller: RefObject<HTMLElement | null>,
  selected: number,
  isDrawn: boolean,
  scrollToIndex: (index: number) => void,
  id: string,
) {
  useEffect(() => {
    if (selected >= 0) scrollToIndex(selected);
  }, [selected, scrollToIndex]);
  useEffect(() => {
    if (isDrawn && scroller.current?.contains(document.activeElement))
      document.getElementById(id)?.focus({ preventScroll: true });
  }, [scroller, isDrawn, id]);
}
