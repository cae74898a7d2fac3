import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { draw, finding, press } from "./panelProbe";

test("a row is shown with its image, its text as text, the shares, reasons and nearest rows", () => {
  const { visit } = draw();
  expect(screen.getByAltText("picture of row 12")).toHaveAttribute(
    "src",
    "/api/projects/p/media/12/picture?side=1024",
  );
  expect(screen.getByText("<b>high</b>")).toBeVisible();
  expect(screen.getByText(/shoe 4\.0\s%.*boot 91\.0\s%/)).toBeVisible();
  expect(screen.getByText(/91 % sure/)).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: /ankle/ }));
  expect(visit).toHaveBeenCalledWith(30);
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
  const { decide } = draw({ findings: [finding, { ...finding, column: "size" }] });
  press("q");
  press("e");
  expect(decide.mock.calls.map((call) => call[3])).toEqual([false, true]);
});

test("moving, skipping and taking back have their keys", () => {
  const { move, skip, undo, redo } = draw();
  press("j");
  press("k");
  press("s");
  press("z");
  press("Z", true);
  expect(move.mock.calls).toEqual([[1], [-1]]);
  expect([skip, undo, redo].map((one) => one.mock.calls.length)).toEqual([1, 1, 1]);
});
