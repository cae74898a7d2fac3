import { useMatch } from "react-router";

const STORED_AS = "emendata.project";

/** The project that the address names, else the last one of this tab, else null. */
export function useProject(): string | null {
  const named = useMatch("/projects/:project/*")?.params.project;
  if (named !== undefined) sessionStorage.setItem(STORED_AS, named);
  return named ?? sessionStorage.getItem(STORED_AS);
}

/** The address of a place in a project. */
export function projectPath(project: string, path: string): string {
  return `/projects/${encodeURIComponent(project)}/${path}`;
}
