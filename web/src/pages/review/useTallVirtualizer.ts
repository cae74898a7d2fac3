import { observeElementOffset, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, type RefObject } from "react";
import { DOM_MOST, offsetFor, scaleOf } from "./scale";

const BLOCK = 100_000; // pixels of rows that share an origin

/** A virtual list of rows of one height. Browsers end at some million pixels: above, scrolling is scaled. */
export function useTallVirtualizer(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  height: number,
) {
  const whole = count * height;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised over what it returns
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: { width: 800, height: 600 },
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        const { clientHeight = 0 } = instance.scrollElement ?? {};
        report(offset * scaleOf(instance.options.count * height, clientHeight), isScrolling);
      }),
    scrollToFn: (offset, _options, instance) => {
      const element = instance.scrollElement;
      if (element)
        element.scrollTop = offset / scaleOf(instance.options.count * height, element.clientHeight);
    },
  });
  const offset = virtualizer.scrollOffset ?? 0;
  const scale = scaleOf(whole, virtualizer.scrollRect?.height ?? 0);
  // Not the virtualizer's, which takes the height of the element for that of all rows.
  const scrollToIndex = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const times = scaleOf(whole, element.clientHeight);
      const now = element.scrollTop * times;
      const wanted = offsetFor(index, height, now, element.clientHeight);
      if (wanted !== now) element.scrollTop = wanted / times;
    },
    [scroller, whole, height],
  );
  const items = virtualizer.getVirtualItems();
  const base = Math.floor((items[0]?.start ?? 0) / BLOCK) * BLOCK;
  return {
    /** The rows in view, each with how far it lies below their origin, which hardly ever changes. */
    items: items.map(({ index, start }) => ({ index, top: start - base })),
    domHeight: Math.min(whole, DOM_MOST),
    /** Where the origin of the rows in view lies: it moves as they are scrolled, so that they need not. */
    origin: base - (scale === 1 ? 0 : offset - offset / scale),
    scrollToIndex,
  };
}
