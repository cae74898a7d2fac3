import { useSearchParams } from "react-router";

export const DEFAULT_WHERE: readonly string[] = ["flagged=yes", "decision=open"];

export interface Shown {
  readonly where: readonly string[];
  readonly sort: string;
  /** The name of a way of showing rows. */
  readonly view: string;
}

export interface Address extends Shown {
  readonly row: number | null;
  /** Whether the rows are those that the random sample draws, one after the other. */
  readonly isSample: boolean;
  /** Other conditions; `inPlace` leaves no step for the browser's back button. */
  setWhere: (where: readonly string[], inPlace?: boolean) => void;
  setSort: (sort: string) => void;
  setView: (view: string) => void;
  /** All of it at once. */
  show: (shown: Shown) => void;
  setRow: (row: number) => void;
  /** Look at a row aside: the browser's back button returns. */
  visit: (row: number) => void;
}

/** What is shown, as the address has it: conditions, order, and the selected row. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  const row = params.get("row");
  const change = (edit: (next: URLSearchParams) => void, replace: boolean) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        edit(next);
        return next;
      },
      { replace, preventScrollReset: true },
    );
  return {
    where: params.has("where") ? params.getAll("where").filter(Boolean) : DEFAULT_WHERE,
    sort: params.get("sort") ?? "worst",
    row: row !== null && /^\d+$/.test(row) ? Number(row) : null,
    view: params.get("view") ?? "table",
    isSample: params.get("queue") === "sample",
    setWhere: (where, inPlace = false) => change((next) => putWhere(next, where), inPlace),
    setSort: (sort) => change((next) => next.set("sort", sort), false),
    setView: (view) => change((next) => next.set("view", view), false),
    show: ({ where, sort, view }) =>
      change((next) => {
        putWhere(next, where);
        next.set("sort", sort);
        next.set("view", view);
      }, false),
    setRow: (chosen) => change((next) => next.set("row", String(chosen)), true),
    visit: (chosen) => change((next) => next.set("row", String(chosen)), false),
  };
}

/** Rows under other conditions begin with the first. */
function putWhere(params: URLSearchParams, where: readonly string[]) {
  params.delete("where");
  params.delete("row");
  (where.length ? where : [""]).forEach((one) => params.append("where", one));
}
