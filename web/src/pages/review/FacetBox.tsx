import { useEffect, useState } from "react";
import { Histogram, type Brush } from "../../parts/Histogram";
import { brushed, brushOf } from "./conditions";
import classes from "./FacetBox.module.css";
import { RangeFields } from "./RangeFields";
import { FacetText } from "./FacetText";
import { FacetValues } from "./FacetValues";
import type { Facet } from "./types";

const SETTLE_MS = 250;

interface Props {
  project: string;
  facet: Facet;
  where: readonly string[];
  onChange: (where: string[]) => void;
}

/** One field: its values with their counts, or its histogram. */
export function FacetBox({ project, facet, where, onChange }: Props) {
  const { field, title, kind, bins } = facet;
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

  return (
    <details className={classes.facet} open={field !== "by"}>
      <summary className={classes.title}>{title}</summary>
      {kind === "values" && <FacetValues project={project} facet={facet} where={where} onChange={onChange} />}
      {kind === "numbers" && bins.some(({ low, high }) => low < high) && (
        <Histogram
          caption={`Rows by ${title}`}
          edges={edges}
          counts={bins.map((bin) => bin.n)}
          brush={drawn ? drawn.brush : brushOf(where, field, edges)}
          onBrush={(brush) => setDrawn({ brush })}
        />
      )}
      {kind === "numbers" && <RangeFields title={title} field={field} where={where} onChange={onChange} />}
      {kind === "text" && <FacetText title={title} field={field} where={where} onChange={onChange} />}
    </details>
  );
}
