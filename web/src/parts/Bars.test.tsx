import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPart } from "../testing/render";
import { Bars } from "./Bars";

const BARS = [
  { name: "shoe", count: 1234 },
  { name: "boot", count: 7 },
];

test("a click chooses, with Alt it leaves out", () => {
  const onChoose = vi.fn();
  renderPart(<Bars caption="Rows by label" bars={BARS} chosen={new Set(["shoe"])} onChoose={onChoose} />);
  const boot = screen.getByRole("button", { name: /boot/ });
  fireEvent.click(boot);
  fireEvent.click(boot, { altKey: true });
  expect(onChoose.mock.calls).toEqual([
    ["boot", false],
    ["boot", true],
  ]);
  expect(screen.getByRole("button", { name: /shoe/ })).toHaveAttribute("aria-pressed", "true");
});

test("without anything to choose it is a list of counts", () => {
  renderPart(<Bars caption="Rows by label" bars={BARS} />);
  expect(screen.getByRole("list", { name: "Rows by label" })).toHaveTextContent("shoe1,234boot7");
  expect(screen.queryByRole("button")).toBeNull();
});
