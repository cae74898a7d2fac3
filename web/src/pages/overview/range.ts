import { formatCount } from "../../parts/numbers";

/** "28–41"; of one number only that it is about so many, since nobody knows it exactly. */
export function rangeOf(low: number, high: number): string {
  return low === high ? `about ${formatCount(low)}` : `${formatCount(low)}–${formatCount(high)}`;
}

/** "4.9–7.2 %" of all, with one digit behind the point. */
export function shareOf(low: number, high: number, all: number): string {
  const [a, b] = [low, high].map((n) => ((100 * n) / Math.max(all, 1)).toFixed(1)) as [string, string];
  return a === b ? `${a}\u00a0%` : `${a}–${b}\u00a0%`;
}
