import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import type { ProjectState } from "../../app/projectQuery";
import { Correction } from "../../parts/Correction";
import { formatCount, formatShare } from "../../parts/numbers";
import { mediaPath } from "../review/mediaPath";
import classes from "./LeadCard.module.css";
import type { Lead } from "./types";

const SIDE = 96;
const MOST_CELLS = 4;

interface Props {
  project: string;
  media: ProjectState["media"];
  lead: Lead;
}

/** A place to begin: what is wrong there, how many rows, some of them, and the ways in. */
export function LeadCard({ project, media, lead }: Props) {
  const { title, text, n, n_open, where, lines, expected, bulk } = lead;
  const image = Object.keys(media).find((column) => media[column] === "image");
  const openWhere = n_open ? [...where, "decision=open"] : where;
  return (
    <li className={classes.card}>
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.text}>{text}</p>
      <p className={classes.count}>
        <Link to={rowsPath(project, where)}>
          {formatCount(n)} {n === 1 ? "row" : "rows"}
        </Link>
        {n_open === n ? "" : n_open ? `, ${formatCount(n_open)} open` : ", all decided"}
        {expected !== null &&
          ` · by the models ${formatShare(expected)} of the suggestions are right; not checked yet`}
      </p>
      <ul className={image === undefined ? classes.lines : classes.images} aria-label={`Rows of ${title}`}>
        {lines.map((line) => (
          <li key={line.row}>
            <Link
              to={`${rowsPath(project, openWhere)}&row=${line.row}`}
              className={classes.line}
              aria-label={`Row ${formatCount(line.row)}`}
            >
              {image === undefined ? (
                wordsOf(line)
              ) : (
                <img src={mediaPath(project, line.row, image, SIDE)} alt="" loading="lazy" />
              )}
            </Link>
            {image === undefined && line.suggested !== null && line.given !== null && (
              <Correction given={line.given} suggested={line.suggested} />
            )}
          </li>
        ))}
      </ul>
      <p className={classes.ways}>
        <Link to={rowsPath(project, openWhere)} aria-label={`Review ${title}`}>
          Review
        </Link>
        {bulk && n_open > 0 && (
          <Link to={rowsPath(project, openWhere, "bulk")} aria-label={`Fix ${title} in bulk`}>
            Fix in bulk
          </Link>
        )}
      </p>
    </li>
  );
}

/** The row in a few words: its first cells that say something. */
function wordsOf({ row, cells }: Lead["lines"][number]): string {
  const said = cells.filter((cell) => cell !== "").slice(0, MOST_CELLS);
  return said.length ? said.join(" · ") : `row ${formatCount(row)}`;
}
