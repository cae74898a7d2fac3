import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { changeSettings, resetSettings } from "../app/settings";
import { renderPart } from "../testing/render";
import type { KeyHandlers } from "./dispatcher";
import { useKeyActions, useKeys } from "./useKeys";

const accept = vi.fn();
const next = vi.fn();
const undo = vi.fn();
const rank = vi.fn();
const goOverview = vi.fn();

function Probe(handlers: KeyHandlers) {
  useKeyActions(handlers);
  const keys = useKeys();
  return (
    <>
      <button onClick={() => keys.hold()}>hold</button>
      <input aria-label="text" />
      <div role="dialog" tabIndex={-1} aria-label="dialog" />
    </>
  );
}

function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body) {
  fireEvent.keyDown(target, { key, ...init });
}

beforeEach(() => {
  vi.clearAllMocks();
  act(resetSettings);
  renderPart(<Probe accept={accept} next={next} undo={undo} rank={rank} goOverview={goOverview} />);
});

test("a key does its action, and digits say which", () => {
  press("w");
  press("3");
  expect(accept).toHaveBeenCalledOnce();
  expect(rank).toHaveBeenCalledWith("3");
});

test("two keys after each other are one action", () => {
  press("o");
  expect(goOverview).not.toHaveBeenCalled();
  press("g");
  press("o");
  expect(goOverview).toHaveBeenCalledOnce();
});

test("keys never fire in text fields and dialogs", () => {
  press("w", {}, screen.getByLabelText("text"));
  press("w", {}, screen.getByLabelText("dialog"));
  press("z", { ctrlKey: true }, screen.getByLabelText("text"));
  expect(accept).not.toHaveBeenCalled();
  expect(undo).not.toHaveBeenCalled();
});

test("held down, a key moves on but decides once", () => {
  press("j");
  press("j", { repeat: true });
  press("w");
  press("w", { repeat: true });
  expect(next).toHaveBeenCalledTimes(2);
  expect(accept).toHaveBeenCalledOnce();
});

test("decisions wait a moment after the row has changed by itself; moves do not", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1000);
  fireEvent.click(screen.getByText("hold"));
  now.mockReturnValue(1149);
  press("w");
  press("j");
  expect(accept).not.toHaveBeenCalled();
  expect(next).toHaveBeenCalledOnce();
  now.mockReturnValue(1150);
  press("w");
  expect(accept).toHaveBeenCalledOnce();
});

test("single keys can be turned off, and keys with Ctrl still work", () => {
  act(() => changeSettings({ singleKeys: false }));
  press("w");
  press("g");
  press("o");
  expect(accept).not.toHaveBeenCalled();
  expect(goOverview).not.toHaveBeenCalled();
  press("z", { ctrlKey: true });
  press("ArrowDown");
  expect(undo).toHaveBeenCalledOnce();
  expect(next).toHaveBeenCalledOnce();
});
