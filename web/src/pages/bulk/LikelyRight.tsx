import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import classes from "./BulkPage.module.css";

interface Props {
  project: string;
  nRight: number;
  n: number;
}

/** What the answers so far say of all rows: a sentence, and the range on a scale. */
export function LikelyRight({ project, nRight, n }: Props) {
  const likely = useQuery({
    queryKey: ["bulk-likely", project, nRight, n],
    queryFn: () =>
      dataOf(
        api.POST("/api/projects/{project}/bulk/likely", {
          params: { path: { project } },
          body: { n, n_right: nRight },
        }),
      ),
    enabled: n > 0,
    placeholderData: keepPreviousData,
  });
  if (n === 0 || !likely.data) return <p className={classes.soft}>No answer yet.</p>;
  const { low, high, sentence } = likely.data;
  return (
    <figure className={classes.likely}>
      <figcaption role="status">{sentence}</figcaption>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={classes.scale} width="100" height="6" />
        <rect className={classes.range} x={100 * low} width={Math.max(1, 100 * (high - low))} height="6" />
      </svg>
    </figure>
  );
}
