import type { Flow } from "./types";

export interface Matrix {
  /** Classes of the rows and columns. */
  readonly names: readonly string[];
  /** Rows by given and suggested label. */
  countOf: (given: string, suggested: string) => number;
  readonly most: number;
  readonly nShown: number;
}

/** The classes of the largest confusions, which come first, and how often each is taken for each other. */
export function matrixOf(flows: readonly Flow[], most: number): Matrix {
  const names = new Set<string>();
  for (const { given, suggested } of flows)
    if (new Set([...names, given, suggested]).size <= most) names.add(given).add(suggested);
  const shown = flows.filter(({ given, suggested }) => names.has(given) && names.has(suggested));
  const counts = new Map(
    shown.map(({ given, suggested, n_rows }) => [JSON.stringify([given, suggested]), n_rows]),
  );
  return {
    names: [...names],
    countOf: (given, suggested) => counts.get(JSON.stringify([given, suggested])) ?? 0,
    most: Math.max(1, ...counts.values()),
    nShown: shown.reduce((sum, { n_rows }) => sum + n_rows, 0),
  };
}

/** How strongly a cell is shaded, 0 to 100: by the logarithm, so that small counts are seen beside large ones. */
export function shadeOf(n: number, most: number): number {
  return n === 0 ? 0 : Math.round(18 + (82 * Math.log1p(n)) / Math.log1p(most));
}
