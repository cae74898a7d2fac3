import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same over all renders, and does what the one of the last render does. */
export function useStable<Given extends unknown[], Back>(latest: (...given: Given) => Back) {
  const current = useRef(latest);
  useLayoutEffect(() => {
    current.current = latest;
  });
  return useCallback((...given: Given) => current.current(...given), []);
}
