import { useDisclosure } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useSessionEnded } from "../api/session";
import { KeyHelp } from "../keys/KeyHelp";
import { useKeyActions } from "../keys/useKeys";
import { openPalette, Palette } from "./Palette";
import { Rail } from "./Rail";
import { SessionEnded } from "./SessionEnded";
import classes from "./Shell.module.css";
import { projectPath, useProject } from "./useProject";

/** The frame of the app: rail, page, and what is there on every page. */
export function Shell() {
  const [helpIsOpen, help] = useDisclosure(false);
  const navigate = useNavigate();
  const project = useProject();
  const go = (path: string) =>
    project === null ? undefined : () => void navigate(projectPath(project, path));
  useKeyActions({
    help: help.open,
    palette: openPalette,
    goOverview: go("overview"),
    goReview: go("review"),
    goHistory: go("history"),
    goExport: go("export"),
  });
  useHeadingFocus();

  if (useSessionEnded()) return <SessionEnded />;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <Rail onHelp={help.open} />
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <KeyHelp opened={helpIsOpen} onClose={help.close} />
      <Palette />
    </div>
  );
}

/** After a change of place, keys and screen readers go on at its heading. */
function useHeadingFocus() {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.querySelector<HTMLElement>("#main h1")?.focus();
  }, [pathname]);
}
