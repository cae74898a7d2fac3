const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** 48213 as "48.2 kB". */
export function formatBytes(n: number): string {
  const power = n < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(n) / 3));
  return `${power === 0 ? n : (n / 1000 ** power).toFixed(1)} ${UNITS[power] ?? ""}`;
}
