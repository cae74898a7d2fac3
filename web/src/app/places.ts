import type { IconName } from "../parts/icons";
import type { ActionId } from "../keys/keymap";

/** A place that the rail leads to. */
export interface Place {
  readonly title: string;
  /** From the root, or from the open project's address. */
  readonly path: string;
  readonly icon: IconName;
  /** The key that goes there. */
  readonly action?: ActionId;
  /** What it is for, in one sentence. */
  readonly purpose: string;
}

export const HOME: Place = {
  title: "Home",
  path: "/",
  icon: "home",
  purpose: "Open a dataset, or go on with one.",
};

export const SETTINGS: Place = {
  title: "Settings",
  path: "/settings",
  icon: "settings",
  purpose: "Colours, density and keys.",
};

/** The way through one dataset, in order. */
export const PROJECT_PLACES: readonly Place[] = [
  {
    title: "Plan and run",
    path: "run",
    icon: "run",
    purpose: "Say what the columns are, see how long it will take, and find the issues.",
  },
  {
    title: "Overview",
    path: "overview",
    icon: "overview",
    action: "goOverview",
    purpose: "How many labels look wrong, how sure that is, and where to begin.",
  },
  {
    title: "Review",
    path: "review",
    icon: "review",
    action: "goReview",
    purpose: "Look at the rows that look wrong, with the reasons, and decide with one key each.",
  },
  {
    title: "Bulk fix",
    path: "bulk",
    icon: "bulk",
    purpose: "Fix many rows at once, after a look at a random sample of them.",
  },
  {
    title: "History",
    path: "history",
    icon: "history",
    action: "goHistory",
    purpose: "Everything that was decided, by whom and why; any of it can be undone.",
  },
  {
    title: "Export",
    path: "export",
    icon: "export",
    action: "goExport",
    purpose: "The corrected dataset in its own format, with a list of all changes.",
  },
];

/** Places that are still to come. */
export const COMING_PLACES: readonly Place[] = [
  {
    title: "Map",
    path: "map",
    icon: "map",
    action: "goMap",
    purpose: "All rows as points, near each other where they are alike; draw around some to filter them.",
  },
  {
    title: "Pairs",
    path: "pairs",
    icon: "pairs",
    purpose: "One confusion at a time, such as shoe given and boot suggested, twenty rows a screen.",
  },
  {
    title: "Duplicates",
    path: "duplicates",
    icon: "duplicates",
    purpose: "Equal and nearly equal rows side by side, and which of them to keep.",
  },
  {
    title: "Improve",
    path: "improve",
    icon: "improve",
    purpose: "Train again on the corrected labels, and see what that changed.",
  },
  { title: "People", path: "people", icon: "people", purpose: "Review together, and see how far you agree." },
  {
    title: "Learn",
    path: "learn",
    icon: "learn",
    purpose: "How an error is found, step by step, on your own data.",
  },
];
