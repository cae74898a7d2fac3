import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { DecisionPanel } from "./DecisionPanel";
import type { Finding, ProjectState, RowDetail } from "./types";

const finding: Finding = {
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
};
const detail: RowDetail = {
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
  cells: [{ name: "note", role: "text", text: "<b>high</b>", n_characters: 11 }],
  findings: [finding],
  nearest: [{ row: 30, label: "boot", distance: 0.1, excerpt: "ankle" }],
  decisions: [],
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

function draw(change: Partial<RowDetail> = {}) {
  const onDecide = vi.fn();
  const on = { onUndo: vi.fn(), onRedo: vi.fn(), onMove: vi.fn(), onSkip: vi.fn(), onOpen: vi.fn() };
  const shown = { ...detail, ...change };
  renderPart(
    <DecisionPanel
      project="p"
      state={state}
      detail={shown}
      line={shown.line}
      pending={[]}
      onDecide={onDecide}
      {...on}
    />,
  );
  return { onDecide, made: () => onDecide.mock.calls.map(([, , made]) => made as unknown), ...on };
}
const press = (key: string, shiftKey = false) => fireEvent.keyDown(document.body, { key, shiftKey });

test("a row is shown with its image, its text as text, the shares, reasons and nearest rows", () => {
  const { onOpen } = draw();
  expect(screen.getByAltText("picture of row 12")).toHaveAttribute(
    "src",
    "/api/projects/p/media/12/picture?side=512",
  );
  expect(screen.getByText("<b>high</b>")).toBeVisible();
  expect(screen.getByText(/shoe 4\.0\s%.*boot 91\.0\s%/)).toBeVisible();
  expect(screen.getByText(/91 % sure/)).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: /ankle/ }));
  expect(onOpen).toHaveBeenCalledWith(30);
});

test("each key decides", () => {
  const { made } = draw();
  ["w", "q", "e", "n", "0", "1", "2", "9"].forEach((key) => press(key));
  expect(made()).toEqual([
    { kind: "relabel", column: "label", new: "boot" },
    { kind: "keep", column: "label" },
    { kind: "exclude", column: null },
    { kind: "needs_review", column: "label" },
    { kind: "neither_right", column: "label" },
    { kind: "relabel", column: "label", new: "boot" },
    { kind: "keep", column: "label" },
  ]);
});

test("other columns have their cell set, whole rows are excluded", () => {
  const cell = { ...finding, column: "size" };
  const { made } = draw({ findings: [cell] });
  press("w");
  expect(made()).toEqual([{ kind: "set_cell", column: "size", new: "boot" }]);
});

test("a finding of the whole row is accepted by leaving the row out", () => {
  const { made } = draw({ findings: [{ ...finding, column: null, suggested: null, choices: [] }] });
  press("w");
  expect(made()).toEqual([{ kind: "exclude", column: null }]);
});

test("a row with another open finding is not done yet", () => {
  const { onDecide } = draw({ findings: [finding, { ...finding, column: "size" }] });
  press("q");
  press("e");
  expect(onDecide.mock.calls.map((call) => call[3] as unknown)).toEqual([false, true]);
});

test("moving, skipping and taking back have their keys", () => {
  const { onMove, onSkip, onUndo, onRedo } = draw();
  press("j");
  press("k");
  press("s");
  press("z");
  press("Z", true);
  expect(onMove.mock.calls).toEqual([[1], [-1]]);
  expect([onSkip, onUndo, onRedo].map((one) => one.mock.calls.length)).toEqual([1, 1, 1]);
});
