import type { Brush } from "../../parts/Histogram";

/** A value was clicked: it becomes a condition, or stops being one. */
export function toggled(where: readonly string[], field: string, value: string, exclude: boolean): string[] {
  const condition = `${field}${exclude ? "!=" : "="}${value}`;
  const opposite = `${field}${exclude ? "=" : "!="}${value}`;
  if (where.includes(condition)) return where.filter((one) => one !== condition);
  return [...where.filter((one) => one !== opposite), condition];
}

/** The values of a field that are conditions. */
export function chosenOf(where: readonly string[], field: string): Set<string> {
  const start = `${field}=`;
  return new Set(where.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length)));
}

const bounds = (field: string) => [`${field}>=`, `${field}<=`, `${field}<`, `${field}>`];

/** The ends of a range as they are written; an empty one is open. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

const valueOf = (where: readonly string[], ...starts: string[]) => {
  for (const start of starts) {
    const found = where.find((one) => one.startsWith(start));
    if (found !== undefined) return found.slice(start.length);
  }
  return "";
};

/** The range that the conditions on a field leave. */
export function rangeOf(where: readonly string[], field: string): Range {
  return {
    from: valueOf(where, `${field}>=`, `${field}>`),
    to: valueOf(where, `${field}<=`, `${field}<`),
  };
}

/** The conditions with another range of a field, both ends of which belong to it. */
export function between(where: readonly string[], field: string, { from, to }: Range): string[] {
  return [
    ...where.filter((one) => !bounds(field).some((start) => one.startsWith(start))),
    ...(from.trim() ? [`${field}>=${from.trim()}`] : []),
    ...(to.trim() ? [`${field}<=${to.trim()}`] : []),
  ];
}

/** The range of a histogram as conditions; null takes it away. */
export function brushed(
  where: readonly string[],
  field: string,
  edges: readonly number[],
  brush: Brush | null,
): string[] {
  const others = where.filter((one) => !bounds(field).some((start) => one.startsWith(start)));
  if (!brush) return others;
  const last = edges.length - 1;
  return [
    ...others,
    ...(brush.from > 0 ? [`${field}>=${edges[brush.from] ?? 0}`] : []),
    ...(brush.to < last ? [`${field}<${edges[brush.to] ?? 0}`] : []),
  ];
}

/** Which range of a histogram the conditions leave, null for all of it. */
export function brushOf(where: readonly string[], field: string, edges: readonly number[]): Brush | null {
  const range = rangeOf(where, field);
  const [low, high] = [range.from, range.to].map((end) => (end === "" ? null : Number(end)));
  if (low == null && high == null) return null;
  const last = edges.length - 1;
  const from =
    low == null
      ? 0
      : Math.max(
          0,
          edges.findLastIndex((edge) => edge <= low),
        );
  const found = high == null ? last : edges.findIndex((edge) => edge >= high);
  const to = found < 0 ? last : found;
  return from < to ? { from, to } : null;
}
