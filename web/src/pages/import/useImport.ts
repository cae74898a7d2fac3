import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { projectPath } from "../../app/useProject";
import { dataIn, readChoices, writeChoices, type Choices, type DataIn } from "./choices";

/** The choices in the address, what the server says of them, and the way to start. */
export function useImport() {
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const choices = readChoices(params);
  const change = (next: Choices) => setParams(writeChoices(next), { replace: true });

  const { source, table } = choices;
  const first = usePreview({ source, table, label: null, roles: {}, task: null, mode: "balanced" }, true);
  const said = choices.label ?? first.data?.proposed_label ?? "";
  const label = said === "" ? null : said;
  const data = dataIn(choices, label);
  const preview = usePreview({ ...data, mode: "balanced" }, first.data !== undefined);
  const plan = useQuery({
    queryKey: ["plan", data],
    queryFn: ({ signal }) => dataOf(api.POST("/api/plan", { body: data, signal })),
    enabled: first.data !== undefined,
    placeholderData: keepPreviousData,
  });
  const start = useMutation({
    mutationFn: () => dataOf(api.POST("/api/projects", { body: data })),
    onSuccess: ({ id }) => void navigate(projectPath(id, "run")),
  });
  return { choices, change, first, preview, label, data, plan, start };
}

function usePreview(data: DataIn, enabled: boolean) {
  return useQuery({
    queryKey: ["preview", data],
    queryFn: ({ signal }) => dataOf(api.POST("/api/preview", { body: data, signal })),
    enabled,
    placeholderData: keepPreviousData,
  });
}
