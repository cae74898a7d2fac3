import { useEffect, useState } from "react";
import { Bars } from "../../parts/Bars";
import { Histogram, type Brush } from "../../parts/Histogram";
import { formatCount } from "../../parts/numbers";
import { brushed, brushOf, chosenOf, toggled } from "./conditions";
import classes from "./FacetBox.module.css";
import { FacetText } from "./FacetText";
import type { Facet } from "./types";

const SETTLE_MS = 250;

interface Props {
  facet: Facet;
  where: readonly string[];
  onChange: (where: string[]) => void;
}

/** One field: its values with their counts, or its histogram. */
export function FacetBox({ facet, where, onChange }: Props) {
  const { field, title, kind, counts, bins, n_values } = facet;
  const edges = bins.length ? [...bins.map((bin) => bin.low), bins.at(-1)?.high ?? 0] : [];
  const [drawn, setDrawn] = useState<{ brush: Brush | null } | null>(null);

  // While a range is dragged, the rows stay; they follow once the hand rests.
  useEffect(() => {
    if (!drawn) return;
    const timer = setTimeout(() => {
      setDrawn(null);
      onChange(brushed(where, field, edges, drawn.brush));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another range starts the wait anew
  }, [drawn]);

  const chosen = chosenOf(where, field);
  const titles = new Map(counts.map((count) => [count.title || "none", count.value]));
  return (
    <details className={classes.facet} open={field !== "by"}>
      <summary className={classes.title}>{title}</summary>
      {kind === "values" && (
        <Bars
          caption={`Rows by ${title}`}
          bars={counts.map((count) => ({ name: count.title || "none", count: count.n }))}
          chosen={new Set(counts.filter((one) => chosen.has(one.value)).map((one) => one.title || "none"))}
          onChoose={(name, exclude) => onChange(toggled(where, field, titles.get(name) ?? "", exclude))}
        />
      )}
      {kind === "values" && n_values > counts.length && (
        <p className={classes.more}>and {formatCount(n_values - counts.length)} more values</p>
      )}
      {kind === "numbers" && bins.length > 0 && (
        <Histogram
          caption={`Rows by ${title}`}
          edges={edges}
          counts={bins.map((bin) => bin.n)}
          brush={drawn ? drawn.brush : brushOf(where, field, edges)}
          onBrush={(brush) => setDrawn({ brush })}
        />
      )}
      {kind === "text" && <FacetText title={title} field={field} where={where} onChange={onChange} />}
    </details>
  );
}
