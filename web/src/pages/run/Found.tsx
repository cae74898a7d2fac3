import { useEffect, useRef } from "react";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import classes from "./RunPage.module.css";
import type { Job } from "./useProjectState";

interface Props {
  title: string;
  found: Job["found"];
}

/** What the checks that are over have found; each is announced as it comes in. */
export function Found({ title, found }: Props) {
  const announce = useAnnounce();
  const nTold = useRef(found.length);
  useEffect(() => {
    const news = found.slice(nTold.current).filter(({ n }) => n > 0);
    nTold.current = found.length;
    if (news.length > 0) announce(news.map((one) => `${one.title}: ${rowsOf(one.n)}`).join(". "));
  }, [found, announce]);

  const hits = found.filter(({ n }) => n > 0);
  const nClean = found.length - hits.length;
  return (
    <section aria-labelledby="found">
      <h2 id="found" className={classes.heading}>
        {title}
      </h2>
      {hits.length > 0 && (
        <ul className={classes.found}>
          {hits.map(({ name, title: check, n }) => (
            <li key={name}>
              <span>{check}</span>
              <strong>{rowsOf(n)}</strong>
            </li>
          ))}
        </ul>
      )}
      <p className={classes.note}>
        {found.length === 0
          ? "Counts appear here check by check, before the rest is done."
          : nClean > 0 && `${formatCount(nClean)} of ${formatCount(found.length)} checks found nothing.`}
      </p>
    </section>
  );
}

function rowsOf(n: number): string {
  return n === 1 ? "1 row" : `${formatCount(n)} rows`;
}
