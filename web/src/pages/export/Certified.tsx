import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { sentenceOf } from "../../api/errors";
import { CERTIFIED } from "./types";

/** What the reviewed sample proves of changes that nobody looked at. */
export function Certified({ project }: { project: string }) {
  const certificate = useQuery({
    queryKey: ["export-certificate", project],
    queryFn: async () => {
      const params = { path: { project }, query: { precision: CERTIFIED } };
      return (await api.GET("/api/projects/{project}/certificate", { params })).data;
    },
    refetchOnMount: "always",
  });
  return (
    <p role="status">
      {certificate.error ? sentenceOf(certificate.error) : (certificate.data?.sentence ?? "Looking…")}
    </p>
  );
}
