/** No element is made taller than this. */
export const DOM_MOST = 10_000_000;

/** How many pixels of all rows one pixel of scrolling passes. */
export function scaleOf(whole: number, view: number): number {
  return whole <= DOM_MOST ? 1 : (whole - view) / (DOM_MOST - view);
}
