import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { sentenceOf } from "../../api/errors";
import { CERTIFIED } from "./types";

/** What the reviewed sample proves of changes that nobody looked at. */
export function Certified({ project }: { project: string }) {
  const certificate = useQuery({
    queryKey: ["export-certificate", project],
    queryFn: () => {
      const params = { path: { project }, query: { precision: CERTIFIED } };
      return dataOf(api.GET("/api/projects/{project}/certificate", { params }));
    },
    refetchOnMount: "always",
  });
  return (
    <p role="status">
      {certificate.error ? sentenceOf(certificate.error) : (certificate.data?.sentence ?? "Looking…")}
    </p>
  );
}
