import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import { formatCount } from "../../parts/numbers";

interface Props {
  project: string;
  n: number;
  where: readonly string[];
  /** What the rows are, for screen readers: "flagged rows of boot". */
  of: string;
}

/** A number of rows, linked to these rows; none is no link. */
export function RowsLink({ project, n, where, of }: Props) {
  if (n === 0) return <>0</>;
  return (
    <Link to={rowsPath(project, where)} aria-label={`${formatCount(n)} ${of}`}>
      {formatCount(n)}
    </Link>
  );
}
