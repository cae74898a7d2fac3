import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import type { components } from "../../api/schema";
import { rowsPath } from "../../app/rowsPath";
import { samplePath } from "../../app/samplePath";
import { projectPath } from "../../app/useProject";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { formatCount } from "../../parts/numbers";
import { rangeOf } from "../overview/range";
import { Obstacles } from "./Obstacles";
import { wordOf } from "./words";

type Summary = components["schemas"]["Finished"];

interface Props {
  project: string;
  where: readonly string[];
  setWhere: (where: readonly string[]) => void;
}

/** Nothing open is left under the conditions: what came of it and where to go on, or which condition is in the way. */
export function Finished({ project, where, setWhere }: Props) {
  const query = useQuery({
    queryKey: ["finished", project, where],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/finished", {
          params: { path: { project }, query: { where: [...where] } },
        }),
      ),
    refetchOnMount: "always",
  });
  const summary = query.data;
  if (query.error)
    return (
      <ErrorNotice
        title="What was decided could not be counted."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!summary) return <p role="status">Counting what was decided…</p>;
  if (summary.without.length > 0 && (summary.n_rows === 0 || summary.n_open > 0))
    return <Obstacles where={where} without={summary.without} setWhere={setWhere} />;
  return (
    <EmptyState title="All of these are decided" actions={<Next project={project} next={summary.next} />}>
      <p>{decidedOf(summary)}</p>
      {summary.reckoning && (
        <p>
          {rangeOf(summary.reckoning.left_low, summary.reckoning.left_high)} wrong labels are estimated to be
          left in the whole dataset.
        </p>
      )}
    </EmptyState>
  );
}

function Next({ project, next: { place, title, n, where } }: { project: string; next: Summary["next"] }) {
  const [to, said] =
    place === "sample"
      ? [samplePath(project), `Answer ${formatCount(n)} randomly drawn rows`]
      : place === "review"
        ? [rowsPath(project, where), `Go on with ${formatCount(n)} open rows: ${title}`]
        : [projectPath(project, "export"), "Export the corrected data"];
  return (
    <Button component={Link} to={to}>
      {said}
    </Button>
  );
}

function decidedOf({ n_rows, kinds, n_wrong }: Summary): string {
  const said = kinds.map(({ kind, n }) => `${formatCount(n)} ${wordOf(kind)}`).join(", ");
  const rows = n_rows === 1 ? "row" : "rows";
  return `${formatCount(n_rows)} ${rows}${said && `: ${said}`}. ${formatCount(n_wrong)} of their labels ${n_wrong === 1 ? "was" : "were"} found wrong.`;
}
