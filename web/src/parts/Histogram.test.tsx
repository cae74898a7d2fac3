import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { Histogram } from "./Histogram";

const BINS = { caption: "Rows by score", edges: [0, 0.25, 0.5, 0.75, 1], counts: [4, 0, 12, 1200] };

test("the numbers are there as a table too", () => {
  renderPart(<Histogram {...BINS} />);
  const rows = within(screen.getByRole("table", { name: "Rows by score" })).getAllByRole("row");
  expect(rows[4]).toHaveTextContent("0.7511,200");
});

test("a range is chosen with the arrow keys, and all of it is no range", () => {
  const onBrush = vi.fn();
  renderPart(<Histogram {...BINS} brush={{ from: 1, to: 4 }} onBrush={onBrush} />);
  const from = screen.getByRole("slider", { name: "Rows by score: from" });
  expect(from).toHaveAttribute("aria-valuetext", "0.25");
  fireEvent.keyDown(from, { key: "ArrowRight" });
  fireEvent.keyDown(from, { key: "ArrowLeft" });
  fireEvent.keyDown(from, { key: "End" });
  expect(onBrush.mock.calls).toEqual([[{ from: 2, to: 4 }], [null], [{ from: 3, to: 4 }]]);
});
