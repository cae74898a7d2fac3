import { TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { api } from "../../api/client";
import { Bars } from "../../parts/Bars";
import { formatCount } from "../../parts/numbers";
import { chosenOf, toggled } from "./conditions";
import { dataOf } from "../../api/dataOf";
import classes from "./FacetBox.module.css";
import type { Facet } from "./types";

interface Props {
  project: string;
  facet: Facet;
  where: readonly string[];
  onChange: (where: string[]) => void;
}

/** The values of a field with their counts; where there are many, a field to find some of them. */
export function FacetValues({ project, facet, where, onChange }: Props) {
  const { field, title } = facet;
  const [typed, setTyped] = useState("");
  const find = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ["review-facets", project, where, field, find],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/facets", {
          params: { path: { project }, query: { where: [...where], field: [field], find } },
        }),
      ),
    enabled: find !== "",
    placeholderData: keepPreviousData,
  });
  const { counts, n_values } = (find === "" ? null : found.data?.[0]) ?? facet;

  const chosen = chosenOf(where, field);
  const nameOf = (one: Facet["counts"][number]) => one.title || "none";
  const values = new Map(counts.map((one) => [nameOf(one), one.value]));
  const hidden = n_values - counts.length;
  return (
    <>
      {facet.n_values > facet.counts.length && (
        <TextInput
          size="xs"
          aria-label={`Find a value of ${title}`}
          placeholder="find a value…"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Bars
        caption={`Rows by ${title}`}
        bars={counts.map((one) => ({ name: nameOf(one), count: one.n }))}
        chosen={new Set(counts.filter((one) => chosen.has(one.value)).map(nameOf))}
        onChoose={(name, exclude) => onChange(toggled(where, field, values.get(name) ?? "", exclude))}
      />
      {hidden > 0 && <p className={classes.more}>and {formatCount(hidden)} more values</p>}
    </>
  );
}
