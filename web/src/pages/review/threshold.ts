const FIELD = "score";
const FIRST = 0.5;
const STEPS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

const isThreshold = (condition: string) => condition.startsWith(`${FIELD}<`);
const places = (score: number) => 10 ** Math.floor(Math.log10(score) + 1e-9);

/** Below which score rows are shown; null for any. */
export function thresholdOf(where: readonly string[]): number | null {
  const found = where.find(isThreshold);
  const number = Number(found?.slice(FIELD.length + 1).replace("=", ""));
  return found === undefined || Number.isNaN(number) ? null : number;
}

/** The conditions with the threshold one step lower or higher: 0.9, 0.8 … 0.1, 0.05, 0.02, 0.01 and so on. */
export function stepped(where: readonly string[], by: -1 | 1): string[] {
  const others = where.filter((one) => !isThreshold(one));
  const next = by < 0 ? lower(thresholdOf(where)) : higher(thresholdOf(where));
  return next === null ? others : [...others, `${FIELD}<${Number(next.toPrecision(6))}`];
}

function lower(now: number | null): number {
  if (now === null) return FIRST;
  const small = [5, 2, 1, 0.5].map((n) => n * places(now)).find((step) => step < now * 0.999);
  return STEPS.find((step) => step < now - 1e-9) ?? small ?? now / 2;
}

function higher(now: number | null): number | null {
  if (now === null) return null;
  if (now > 0.0999) return STEPS.findLast((step) => step > now + 1e-9) ?? null;
  return [2, 5, 10].map((n) => n * places(now)).find((step) => step > now * 1.001) ?? null;
}
