import { fireEvent } from "@testing-library/react";
import { vi } from "vitest";
import { renderPart } from "../../testing/render";
import { DecisionPanel } from "./DecisionPanel";
import type { Decided, Deciding, Finding, ProjectState, RowDetail } from "./types";

export const finding: Finding = {
  column: "label",
  stream: "worst",
  given: "shoe",
  suggested: "boot",
  reasons: [{ title: "Label", text: "The model is 91 % sure of boot." }],
  choices: [
    { value: "boot", probability: 0.91 },
    { value: "shoe", probability: 0.04 },
  ],
  twins: [7],
  prototypes: [{ row: 41, label: "shoe", distance: 0.4, excerpt: "laced" }],
};
export const detail: RowDetail = {
  line: {
    row: 12,
    id: "r12",
    cells: [],
    given: "shoe",
    suggested: "boot",
    probability: 0.91,
    score: 0.02,
    checks: ["label"],
    decision: null,
  },
  cells: [
    { name: "picture", role: "image", text: "12.png", n_characters: 6 },
    { name: "note", role: "text", text: "<b>high</b>", n_characters: 11 },
  ],
  findings: [finding],
  nearest: [{ row: 30, label: "boot", distance: 0.1, excerpt: "ankle" }],
  decisions: [],
  comments: [],
};
const state: ProjectState = {
  classes: ["shoe", "boot"],
  folder: "/d",
  id: "p",
  job: null,
  label: "label",
  media: { picture: "image" },
  message: "",
  n_rows: 100,
  name: "d",
  status: "ready",
};

/** Draw the panel of a row, and hear what it asks for. */
export function draw(change: Partial<RowDetail> = {}, last: Decided | null = null) {
  const decide = vi.fn<Deciding["decide"]>();
  const deciding = {
    last,
    decide,
    comment: vi.fn<Deciding["comment"]>(),
    withdraw: vi.fn(),
    mustAsk: () => false,
    isOthers: () => false,
    undo: vi.fn(),
    redo: vi.fn(),
    move: vi.fn(),
    skip: vi.fn(),
    visit: vi.fn(),
  };
  const shown = { ...detail, ...change };
  renderPart(
    <DecisionPanel
      project="p"
      state={state}
      detail={shown}
      line={shown.line}
      pending={[]}
      deciding={deciding}
    />,
  );
  return { ...deciding, made: () => decide.mock.calls.map(([, , made]) => made) };
}
export const press = (key: string, shiftKey = false) => fireEvent.keyDown(document.body, { key, shiftKey });
