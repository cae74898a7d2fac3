import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { sentenceOf } from "../../api/errors";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import { OWN, type ExportIn } from "./types";

const AT_FIRST: ExportIn = {
  file_format: OWN,
  rows: "kept",
  where: [],
  findings: false,
  decisions: false,
  certified: null,
  neutralise: true,
};

/** What is to be written, what that would change, and writing it. */
export function useExport(project: string, where: readonly string[]) {
  const [chosen, setChosen] = useState<ExportIn | null>(null);
  const announce = useAnnounce();
  const params = { path: { project } };
  const [first, setFirst] = useState<string>(OWN);
  const current = chosen ?? { ...AT_FIRST, file_format: first };
  const order = orderOf(current, where);

  const plan = useQuery({
    queryKey: ["export-plan", project, order],
    queryFn: () => dataOf(api.POST("/api/projects/{project}/export/plan", { params, body: order })),
    placeholderData: keepPreviousData,
    refetchOnMount: "always",
  });
  const usual = plan.data?.formats[0]?.name; // not its own where the data came from no file
  if (usual !== undefined && usual !== first) setFirst(usual);

  const write = useMutation({
    mutationFn: async (isDry: boolean) => {
      const body = order;
      const call = isDry
        ? api.POST("/api/projects/{project}/export/check", { params, body })
        : api.POST("/api/projects/{project}/export", { params, body });
      return { ...(await dataOf(call)), isDry };
    },
    onSuccess: ({ isDry, n_rows, files }) =>
      announce(
        isDry
          ? `Nothing was written. It would be ${formatCount(n_rows)} rows.`
          : `Written: ${files.length} files, ${formatCount(n_rows)} rows.`,
      ),
    onError: (error) => announce(sentenceOf(error)),
  });
  const choose = (change: Partial<ExportIn>) => {
    setChosen({ ...current, ...change });
    write.reset();
  };
  return { chosen: current, choose, plan, write };
}

/** The own format holds all rows and columns as they are: what is chosen beside it waits for another one. */
function orderOf(chosen: ExportIn, where: readonly string[]): ExportIn {
  return chosen.file_format === OWN
    ? { ...chosen, rows: "kept", where: [], findings: false, decisions: false }
    : { ...chosen, where: [...where] };
}
