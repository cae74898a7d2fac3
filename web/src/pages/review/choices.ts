import type { Numbering } from "../../app/settings";
import type { Finding, ProjectState } from "./types";

type Choice = Finding["choices"][number];

/** What the digits choose: the likeliest values, or the classes in the order that they always have. */
export function choicesOf(finding: Finding, state: ProjectState, numbering: Numbering): readonly Choice[] {
  if (numbering === "likely" || finding.column !== state.label || state.classes.length === 0)
    return finding.choices;
  const known = new Map(finding.choices.map((choice) => [choice.value, choice.probability]));
  return state.classes.map((value) => ({ value, probability: known.get(value) ?? null }));
}

/** Every value that may be chosen by name, the likeliest first. */
export function valuesOf(finding: Finding, state: ProjectState): string[] {
  const likely = finding.choices.map(({ value }) => value);
  const classes = finding.column === state.label ? state.classes : [];
  return [...new Set([...likely, ...classes])];
}
