import type { Flow } from "./types";

export interface Matrix {
  /** Classes of the rows and columns, those with most confusions first. */
  readonly names: readonly string[];
  /** Rows by given and suggested label. */
  countOf: (given: string, suggested: string) => number;
  readonly most: number;
  readonly nShown: number;
  readonly nAll: number;
}

/** The classes that are confused most, and how often each is taken for each other. */
export function matrixOf(flows: readonly Flow[], most: number): Matrix {
  const weights = new Map<string, number>();
  for (const { given, suggested, n_rows } of flows)
    for (const name of [given, suggested]) weights.set(name, (weights.get(name) ?? 0) + n_rows);
  const names = [...weights.keys()]
    .toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || a.localeCompare(b))
    .slice(0, most);
  const shown = new Set(names);
  const counts = new Map(
    flows
      .filter(({ given, suggested }) => shown.has(given) && shown.has(suggested))
      .map(({ given, suggested, n_rows }) => [JSON.stringify([given, suggested]), n_rows]),
  );
  const sum = (values: Iterable<number>) => [...values].reduce((total, n) => total + n, 0);
  return {
    names,
    countOf: (given, suggested) => counts.get(JSON.stringify([given, suggested])) ?? 0,
    most: Math.max(1, ...counts.values()),
    nShown: sum(counts.values()),
    nAll: sum(flows.map(({ n_rows }) => n_rows)),
  };
}

/** How strongly a cell is shaded, 0 to 100: by the logarithm, so that small counts are seen beside large ones. */
export function shadeOf(n: number, most: number): number {
  return n === 0 ? 0 : Math.round(18 + (82 * Math.log1p(n)) / Math.log1p(most));
}
