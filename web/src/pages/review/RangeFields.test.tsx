import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../../testing/render";
import { RangeFields } from "./RangeFields";

test("a range is typed, and only numbers are taken", () => {
  const onChange = vi.fn();
  renderPart(<RangeFields title="Score" field="score" where={["score<0.5"]} onChange={onChange} />);
  expect(screen.getByLabelText("Score up to")).toHaveValue("0.5");
  const from = screen.getByLabelText("Score from");
  fireEvent.change(from, { target: { value: "abc" } });
  expect(from).toHaveAttribute("aria-invalid", "true");
  fireEvent.keyDown(from, { key: "Enter" });
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.change(from, { target: { value: "0.1" } });
  fireEvent.keyDown(from, { key: "Enter" });
  expect(onChange).toHaveBeenCalledExactlyOnceWith(["score>=0.1", "score<=0.5"]);
});
