import type { Ref } from "react";
import { formatCount, formatScore } from "../../parts/numbers";
import classes from "./DecisionPanel.module.css";
import { mediaPath } from "./mediaPath";
import type { Finding, ProjectState, RowDetail } from "./types";

interface Props {
  project: string;
  media: ProjectState["media"];
  near: RowDetail["nearest"];
  finding: Finding;
  onOpen: (row: number) => void;
  ref?: Ref<HTMLUListElement>;
}

/** Rows that lie close, with their labels, and for which of the two values that speaks. */
export function NearList({ project, media, near, finding: { given, suggested }, onOpen, ref }: Props) {
  const image = Object.keys(media).find((column) => media[column] !== "audio");
  const sideOf = (label: string | null) =>
    label === null ? "" : label === given ? "as given" : label === suggested ? "as suggested" : "";
  return (
    <ul className={classes.list} ref={ref}>
      {near.map(({ row, label, distance, excerpt }) => (
        <li key={row}>
          <button type="button" className={classes.near} onClick={() => onOpen(row)}>
            {image !== undefined && (
              <img src={mediaPath(project, row, image, 96)} alt="" loading="lazy" decoding="async" />
            )}
            <span className={classes.excerpt}>
              {(label ?? given) !== null && <strong>{label ?? "no label"}</strong>}{" "}
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
  );
}
