import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { SortableTable } from "./SortableTable";

const ROWS = [
  { name: "boot", n: 3, score: 0.5 },
  { name: "shoe", n: 12, score: null },
  { name: "sock", n: 7, score: 0.1 },
];

function draw(most?: number) {
  renderPart(
    <SortableTable
      caption="Rows by class"
      noun="classes"
      rows={ROWS}
      keyOf={({ name }) => name}
      sortedBy={1}
      most={most}
      columns={[
        { title: "Class", value: ({ name }) => name },
        { title: "Rows", value: ({ n }) => n, isNumber: true },
        { title: "Score", value: ({ score }) => score, isNumber: true },
      ]}
    />,
  );
}

const names = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

test("a click on a head sorts, another the other way, and what has no value comes last", () => {
  draw();
  expect(names()).toEqual(["shoe", "sock", "boot"]);
  fireEvent.click(screen.getByRole("button", { name: "Class" }));
  expect(names()).toEqual(["boot", "shoe", "sock"]);
  const score = screen.getByRole("button", { name: "Score" });
  fireEvent.click(score);
  expect(names()).toEqual(["boot", "sock", "shoe"]);
  fireEvent.click(score);
  expect(names()).toEqual(["sock", "boot", "shoe"]);
  expect(screen.getByRole("columnheader", { name: "Score" })).toHaveAttribute("aria-sort", "ascending");
});

test("of many rows the first are shown until all are asked for", () => {
  draw(2);
  expect(names()).toEqual(["shoe", "sock"]);
  fireEvent.click(screen.getByRole("button", { name: "Show all 3 classes" }));
  expect(names()).toHaveLength(3);
});
