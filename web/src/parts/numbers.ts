const counts = new Intl.NumberFormat("en-GB");
const decimals = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 });

/** 48213 as "48,213". */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** 0.0312 as "0.031". */
export function formatNumber(value: number): string {
  return decimals.format(value);
}

/** 0.0312 as "3.1 %". */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}
