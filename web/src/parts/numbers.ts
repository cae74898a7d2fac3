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

/** A score, of which the first figures count: 0.0312 as "0.031", 0.00000123 as "1.2e-6". */
export function formatScore(score: number): string {
  if (score >= 1 || score <= 0) return formatNumber(score);
  return score < 0.001 ? score.toExponential(1) : String(Number(score.toPrecision(2)));
}

/** 0.0312 as "3.1 %". */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}

/** 1234567 as "1.2 MB". */
export function formatBytes(nBytes: number): string {
  if (nBytes < 1000) return `${nBytes}\u00a0bytes`;
  const power = Math.min(4, Math.floor(Math.log10(nBytes) / 3));
  const unit = ["kB", "MB", "GB", "TB"][power - 1] ?? "TB";
  return `${(nBytes / 1000 ** power).toFixed(1)}\u00a0${unit}`;
}
