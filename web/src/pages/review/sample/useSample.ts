import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { dataOf } from "../../../api/dataOf";

/** The question that is drawn next, and what the answers say; asked again after every change of decisions. */
export function useSample(project: string) {
  return useQuery({
    queryKey: ["sample", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/sample", { params: { path: { project } } })),
    refetchOnMount: "always",
  });
}
