import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { projectPath } from "../../app/useProject";
import { useAnnounce } from "../../parts/useAnnounce";
import type { ProjectState } from "./useProjectState";

/** Who has watched a run to its end is led to what it found. */
export function useArrival(state: ProjectState | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const watched = useRef(false);
  const { id, status, job } = state ?? {};

  useEffect(() => {
    if (status === "working") watched.current = true;
    if (status !== "ready" || id === undefined || !watched.current || job?.status !== "done") return;
    // What other pages know of this project is from before the run.
    void client.invalidateQueries();
    announce("The search is done.");
    void navigate(projectPath(id, "overview"), { replace: true });
  }, [id, status, job?.status, client, navigate, announce]);
}
