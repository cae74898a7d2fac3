/** No element is made taller than this. */
export const DOM_MOST = 10_000_000;

/** How many pixels of all rows one pixel of scrolling passes. */
export function scaleOf(whole: number, view: number): number {
  return whole <= DOM_MOST ? 1 : (whole - view) / (DOM_MOST - view);
}

const MARGIN = 40; // pixels that a row keeps from the edges of what is in view

/** Where to scroll so that a row is in view, in unscaled pixels; where it is already, if it is. */
export function offsetFor(row: number, height: number, offset: number, view: number): number {
  const top = row * height;
  if (top < offset + MARGIN) return Math.max(0, top - MARGIN);
  return Math.max(offset, top + height + MARGIN - view);
}
