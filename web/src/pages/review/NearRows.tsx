import { formatCount, formatNumber } from "../../parts/numbers";
import classes from "./DecisionPanel.module.css";
import { mediaPath } from "./mediaPath";
import type { ProjectState, RowDetail } from "./types";

interface Props {
  project: string;
  media: ProjectState["media"];
  nearest: RowDetail["nearest"];
  onOpen: (row: number) => void;
}

/** The rows that lie closest, with their labels. */
export function NearRows({ project, media, nearest, onOpen }: Props) {
  if (nearest.length === 0) return null;
  const image = Object.keys(media).find((column) => media[column] !== "audio");
  return (
    <section>
      <h3 className={classes.heading}>Nearest rows</h3>
      <ul className={classes.list}>
        {nearest.map(({ row, label, distance, excerpt }) => (
          <li key={row}>
            <button type="button" className={classes.near} onClick={() => onOpen(row)}>
              {image !== undefined && <img src={mediaPath(project, row, image, 96)} alt="" loading="lazy" />}
              <span className={classes.excerpt}>
                <strong>{label ?? "no label"}</strong> {excerpt}
                <span className={classes.soft}>
                  {" "}
                  row {formatCount(row)}, distance {formatNumber(distance)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
