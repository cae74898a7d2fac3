const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 95 seconds as "2 min"; what is shorter than a minute and a half in seconds. */
export function formatDuration(seconds: number): string {
  if (seconds < 1.5 * MINUTE) return `${Math.max(1, Math.round(seconds))}\u00a0s`;
  if (seconds < 1.5 * HOUR) return `${Math.round(seconds / MINUTE)}\u00a0min`;
  const minutes = Math.round(seconds / MINUTE);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${rest ? ` ${rest}\u00a0min` : ""}`;
}

/** 40 to 95 seconds as "40 s to 2 min". */
export function formatDurations(low: number, high: number): string {
  const [from, to] = [formatDuration(low), formatDuration(high)];
  return from === to ? `about ${to}` : `${from} to ${to}`;
}

/** How long ago something was, in seconds since 1970: "5 minutes ago"; a date when it is a month or more. */
export function formatAgo(then: number, now: number): string {
  const seconds = now - then;
  if (seconds < MINUTE) return "just now";
  if (seconds < HOUR) return relative.format(-Math.floor(seconds / MINUTE), "minute");
  if (seconds < DAY) return relative.format(-Math.floor(seconds / HOUR), "hour");
  if (seconds < 30 * DAY) return relative.format(-Math.floor(seconds / DAY), "day");
  return dates.format(1000 * then);
}
