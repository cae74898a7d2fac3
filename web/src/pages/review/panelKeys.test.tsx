import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { resetSettings } from "../../app/settings";
import { detail, draw, press } from "./panelProbe";

test("what is left for later, and what is left out, is taken back by the same key", () => {
  const decision = {
    event_id: "e",
    at: "",
    by: "",
    kind: "needs_review",
    column: "label",
    old: "",
    new: null,
  };
  const line = { ...detail.line, decision: { ...decision, reason: "" } };
  const { withdraw, made } = draw({ line });
  press("n");
  expect(withdraw).toHaveBeenCalledWith(line, "label");
  expect(made()).toEqual([]);
});

test("the last decision is said again of this row", () => {
  const { made } = draw({}, { kind: "relabel", column: "label", new: "hat" });
  press(".");
  expect(made()).toEqual([{ kind: "relabel", column: "label", new: "hat" }]);
});

test("L finds a label by some of its name, and takes a new one", async () => {
  const { made } = draw();
  press("l");
  const field = await screen.findByRole("combobox", { name: "Label" });
  fireEvent.change(field, { target: { value: "oo" } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(made()).toEqual([{ kind: "relabel", column: "label", new: "boot" }]);
  press("l");
  fireEvent.change(await screen.findByRole("combobox", { name: "Label" }), { target: { value: "clog" } });
  fireEvent.click(screen.getByRole("option", { name: "New: clog" }));
  expect(made()[1]).toEqual({ kind: "relabel", column: "label", new: "clog" });
});

test("C goes to the comment, which is sent and decides nothing", () => {
  const { comment, made } = draw();
  press("c");
  const field = screen.getByRole("textbox", { name: /Comment/ });
  expect(field).toHaveFocus();
  fireEvent.change(field, { target: { value: "torn" } });
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  expect(comment.mock.calls[0]?.[2]).toEqual({ kind: "comment", column: "label", reason: "torn" });
  expect(made()).toEqual([]);
});

test("T goes to the nearest rows, Space shows the row in full", async () => {
  draw();
  press("t");
  expect(screen.getByRole("button", { name: /ankle/ })).toHaveFocus();
  press(" ");
  expect(await screen.findByRole("dialog", { name: "Row 12 in full" })).toBeVisible();
});

test("digits can be fixed to the classes", () => {
  const { made } = draw();
  fireEvent.click(screen.getByRole("button", { name: /Fix them to the classes/ }));
  press("2");
  expect(made()).toEqual([{ kind: "relabel", column: "label", new: "boot" }]);
  act(resetSettings);
});
