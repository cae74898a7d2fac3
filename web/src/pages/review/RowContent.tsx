import classes from "./DecisionPanel.module.css";
import { MediaBox } from "./MediaBox";
import type { ProjectState, RowDetail } from "./types";

interface Props {
  project: string;
  row: number;
  cells: RowDetail["cells"];
  media: ProjectState["media"];
}

/** The row itself: its images and sounds, then its cells. */
export function RowContent({ project, row, cells, media }: Props) {
  const texts = cells.filter(({ name }) => !(name in media));
  return (
    <>
      {Object.entries(media).map(([column, role]) => (
        <MediaBox key={column} project={project} row={row} column={column} isSound={role === "audio"} />
      ))}
      {texts.length > 0 && (
        <dl className={classes.cells}>
          {texts.map(({ name, text, n_characters }) => (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>
                {text}
                {n_characters > text.length ? "…" : ""}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
