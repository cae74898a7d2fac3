import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { projectPath } from "../../app/useProject";
import { useAnnounce } from "../../parts/useAnnounce";
import { endOf } from "./endOf";
import type { ProjectState } from "../../app/projectQuery";

/** Who has watched a run to its end is led to what it found, or told how else it ended. */
export function useArrival(state: ProjectState | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const watched = useRef(false);

  useEffect(() => {
    if (state?.status === "working") watched.current = true;
    if (!state || !watched.current || state.status === "working" || state.status === "opening") return;
    watched.current = false;
    announce(endOf(state));
    if (document.hidden && "Notification" in window && Notification.permission === "granted")
      new Notification(state.name, { body: endOf(state) });
    // What other pages know of this project is from before the run.
    void client.invalidateQueries();
    if (state.status === "ready" && state.job?.status === "done")
      void navigate(projectPath(state.id, "overview"), { replace: true });
    // The button that had the focus is gone.
    else document.querySelector<HTMLElement>("#main h1")?.focus();
  }, [state, client, navigate, announce]);
}
