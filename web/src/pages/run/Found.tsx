import { useEffect, useRef } from "react";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import classes from "./RunPage.module.css";
import type { Job } from "./useProjectState";

/** What the checks that are over have found; each is announced as it comes in. */
export function Found({ found }: { found: Job["found"] }) {
  const announce = useAnnounce();
  const nTold = useRef(found.length);
  useEffect(() => {
    const news = found.slice(nTold.current);
    nTold.current = found.length;
    if (news.length > 0) announce(news.map(({ title, n }) => `${title}: ${rowsOf(n)}`).join(". "));
  }, [found, announce]);
  return (
    <section aria-labelledby="found">
      <h2 id="found" className={classes.heading}>
        Found until now
      </h2>
      {found.length === 0 ? (
        <p className={classes.note}>Counts appear here check by check, before the rest is done.</p>
      ) : (
        <ul className={classes.found}>
          {found.map(({ name, title, n }) => (
            <li key={name} data-none={n === 0 || undefined}>
              <span>{title}</span>
              <strong>{rowsOf(n)}</strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function rowsOf(n: number): string {
  return n === 1 ? "1 row" : `${formatCount(n)} rows`;
}
