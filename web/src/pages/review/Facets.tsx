import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { useKeyActions } from "../../keys/useKeys";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { dataOf } from "../../api/dataOf";
import { FacetBox } from "./FacetBox";

interface Props {
  project: string;
  where: readonly string[];
  onChange: (where: string[]) => void;
}

/** How many rows have which value; a click on one is a condition. */
export function Facets({ project, where, onChange }: Props) {
  const facets = useQuery({
    queryKey: ["review-facets", project, where],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/facets", {
          params: { path: { project }, query: { where: [...where] } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const first = facets.data?.find(({ kind }) => kind === "text")?.field;
  useKeyActions({
    search:
      first === undefined
        ? undefined
        : () => document.querySelector<HTMLInputElement>("[data-search] input")?.focus(),
  });
  if (facets.error)
    return (
      <ErrorNotice
        title="The filters could not be counted."
        error={facets.error}
        onRetry={() => void facets.refetch()}
      />
    );
  return facets.data?.map((facet) => (
    <FacetBox key={facet.field} project={project} facet={facet} where={where} onChange={onChange} />
  ));
}
