import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type DataIn = Schemas["DataIn"];
export type Preview = Schemas["Preview"];
export type Plan = Schemas["Plan"];
export type Role = Schemas["Role"];
export type Task = Schemas["Task"];
export type Mode = Schemas["Mode"];

export const MODES: readonly Mode[] = ["quick", "balanced", "thorough"];
const TASKS: readonly string[] = [
  "none",
  "binary",
  "multiclass",
  "multilabel",
  "regression",
] satisfies Task[];

/** What a person has said of some data. It stands in the address, so that it outlives a reload. */
export interface Choices {
  readonly source: string;
  /** The label's column; "" for none; null while nothing was said. */
  readonly label: string | null;
  /** Roles that differ from those that the columns were taken for. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Null is what the label looks like. */
  readonly task: Task | null;
  readonly mode: Mode;
  /** Which table of a database, or sheet of a workbook. */
  readonly table: string | null;
}

export function importPath(source: string): string {
  return `/import?${new URLSearchParams({ source })}`;
}

export function readChoices(params: URLSearchParams): Choices {
  const task = params.get("task") ?? "";
  const mode = MODES.find((one) => one === params.get("mode"));
  return {
    source: params.get("source") ?? "",
    label: params.get("label"),
    roles: Object.fromEntries(params.getAll("role").map(splitRole)),
    task: TASKS.includes(task) ? (task as Task) : null,
    mode: mode ?? "balanced",
    table: params.get("table"),
  };
}

export function writeChoices({ source, label, roles, task, mode, table }: Choices): URLSearchParams {
  const params = new URLSearchParams({ source });
  if (label !== null) params.set("label", label);
  if (table !== null) params.set("table", table);
  if (task !== null) params.set("task", task);
  if (mode !== "balanced") params.set("mode", mode);
  for (const [column, role] of Object.entries(roles)) params.append("role", `${column}=${role}`);
  return params;
}

/** The same choices with another role for a column; there is one label at most. */
export function withRole(choices: Choices, column: string, role: Role, label: string | null): Choices {
  const others = Object.fromEntries(Object.entries(choices.roles).filter(([name]) => name !== column));
  if (role === "label") return { ...choices, label: column, roles: others, task: null };
  const isLabel = column === label;
  return {
    ...choices,
    label: isLabel ? "" : choices.label,
    task: isLabel ? null : choices.task,
    roles: { ...others, [column]: role },
  };
}

/** What the server is asked: the label that is meant stands in `label`. */
export function dataIn({ source, roles, task, mode, table }: Choices, label: string | null): DataIn {
  return { source, label, roles: { ...roles }, task, mode, table };
}

function splitRole(said: string): [string, Role] {
  const at = said.lastIndexOf("=");
  return [said.slice(0, at), said.slice(at + 1) as Role];
}
