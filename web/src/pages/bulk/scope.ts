import type { Scope } from "./types";

/** What can become of many rows; a class that is merged into another is one whose rows all get the other's label. */
export const ACTIONS = ["accept", "relabel", "merge", "keep", "exclude"] as const;
export type Action = (typeof ACTIONS)[number];

const OPEN_FINDINGS = ["flagged=yes", "decision=open"];

/** Which rows are meant and what becomes of them, as the address says. */
export interface Plan {
  readonly where: readonly string[];
  readonly sort: string;
  /** Rows that were selected one by one; empty where conditions choose them. */
  readonly rows: readonly number[];
  /** Only the first so many. */
  readonly top: number | null;
  readonly action: Action;
  readonly value: string;
  readonly includeTest: boolean;
  /** Only rows that are certified at this precision. */
  readonly certified: number | null;
}

const numberIn = (text: string | null) => (text !== null && Number(text) > 0 ? Number(text) : null);

export function planOf(params: URLSearchParams): Plan {
  const action = ACTIONS.find((one) => one === params.get("action")) ?? "accept";
  const isChosen = params.has("where") || params.has("sort");
  return {
    where: isChosen ? params.getAll("where").filter(Boolean) : OPEN_FINDINGS,
    sort: params.get("sort") ?? "worst",
    rows: params
      .getAll("row")
      .filter((row) => /^\d+$/.test(row))
      .map(Number),
    top: numberIn(params.get("top")),
    action,
    value: params.get("value") ?? "",
    includeTest: params.has("test"),
    certified: action === "accept" ? numberIn(params.get("certified")) : null,
  };
}

export function paramsOf(plan: Plan): URLSearchParams {
  const params = new URLSearchParams((plan.where.length ? plan.where : [""]).map((one) => ["where", one]));
  params.set("sort", plan.sort);
  plan.rows.forEach((row) => params.append("row", String(row)));
  if (plan.top !== null) params.set("top", String(plan.top));
  params.set("action", plan.action);
  if (plan.value) params.set("value", plan.value);
  if (plan.includeTest) params.set("test", "1");
  if (plan.certified !== null) params.set("certified", String(plan.certified));
  return params;
}

/** The plan as the server takes it; null while a class is missing. */
export function scopeOf(plan: Plan): Scope | null {
  const needsClass = plan.action === "relabel" || plan.action === "merge";
  if (needsClass && !plan.value) return null;
  if (plan.action === "merge" && mergedOf(plan.where) === null) return null;
  return {
    action: plan.action === "merge" ? "relabel" : plan.action,
    value: needsClass ? plan.value : null,
    where: [...plan.where],
    sort: plan.sort,
    top: plan.top,
    rows: plan.rows.length ? [...plan.rows] : null,
    include_test: plan.includeTest,
    certified: plan.certified,
  };
}

/** The class whose rows are merged into another: that of the one condition there is. */
export function mergedOf(where: readonly string[]): string | null {
  return where.length === 1 && where[0]?.startsWith("given=") ? where[0].slice("given=".length) : null;
}

/** Conditions with one value of a field in the place of all others of that field; null takes them away. */
export function withOnly(
  where: readonly string[],
  field: string,
  operator: "=" | "<=",
  value: string | null,
): string[] {
  const others = where.filter((one) => !one.startsWith(`${field}${operator}`));
  return value === null ? others : [...others, `${field}${operator}${value}`];
}

export function valueOf(where: readonly string[], field: string, operator: "=" | "<="): string | null {
  const start = `${field}${operator}`;
  return where.find((one) => one.startsWith(start))?.slice(start.length) ?? null;
}
