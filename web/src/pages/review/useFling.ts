import { useEffect, useState, type RefObject } from "react";

const FAST = 0.75; // of what is in view, in one event
const SETTLE_MS = 80;

/** Whether rows fly past too fast to be looked at, until they have settled. */
export function useFling(scroller: RefObject<HTMLElement | null>): boolean {
  const [isFlinging, setIsFlinging] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let last = element.scrollTop;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const moved = Math.abs(element.scrollTop - last);
      last = element.scrollTop;
      if (moved > FAST * element.clientHeight) setIsFlinging(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsFlinging(false), SETTLE_MS);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller]);
  return isFlinging;
}
