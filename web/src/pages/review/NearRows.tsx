import { useRef } from "react";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";
import { formatCount, formatScore } from "../../parts/numbers";
import classes from "./DecisionPanel.module.css";
import { mediaPath } from "./mediaPath";
import type { Finding, ProjectState, RowDetail } from "./types";

interface Props {
  project: string;
  media: ProjectState["media"];
  nearest: RowDetail["nearest"];
  finding: Finding;
  onOpen: (row: number) => void;
}

/** The rows that lie closest, with their labels, and for which of the two values that speaks. */
export function NearRows({ project, media, nearest, finding: { given, suggested }, onOpen }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const focusFirst = () => list.current?.querySelector("button")?.focus();
  useKeyActions({ similar: nearest.length > 0 ? focusFirst : undefined });

  if (nearest.length === 0) return null;
  const image = Object.keys(media).find((column) => media[column] !== "audio");
  const sideOf = (label: string | null) =>
    label === null ? "" : label === given ? "as given" : label === suggested ? "as suggested" : "";
  return (
    <section aria-label="Nearest rows">
      <h3 className={classes.heading}>
        Nearest rows <KeyHint action="similar" />
      </h3>
      <p className={classes.soft}>
        {formatCount(nearest.filter(({ label }) => label === given).length)} of {formatCount(nearest.length)}{" "}
        have the given label
        {suggested !== null &&
          suggested !== given &&
          `, ${formatCount(nearest.filter(({ label }) => label === suggested).length)} the suggested one`}
        .
      </p>
      <ul className={classes.list} ref={list}>
        {nearest.map(({ row, label, distance, excerpt }) => (
          <li key={row}>
            <button type="button" className={classes.near} onClick={() => onOpen(row)}>
              {image !== undefined && (
                <img src={mediaPath(project, row, image, 96)} alt="" loading="lazy" decoding="async" />
              )}
              <span className={classes.excerpt}>
                <strong>{label ?? "no label"}</strong>{" "}
                {sideOf(label) && <span className={classes.side}>{sideOf(label)}</span>} {excerpt}
                <span className={classes.soft}>
                  {" "}
                  row {formatCount(row)}, distance {formatScore(distance)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
