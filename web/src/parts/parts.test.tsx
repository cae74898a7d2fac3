import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ApiError } from "../api/errors";
import { renderPart } from "../testing/render";
import { ErrorNotice } from "./ErrorNotice";
import { KeyHint } from "./KeyHint";
import { StatNumber } from "./StatNumber";
import { useAnnounce } from "./useAnnounce";

function Speaker() {
  const announce = useAnnounce();
  return <button onClick={() => announce("Row 12 kept")}>speak</button>;
}

test("the same words twice are two messages", () => {
  renderPart(<Speaker />);
  fireEvent.click(screen.getByText("speak"));
  const first = screen.getByTestId("announcer").textContent;
  fireEvent.click(screen.getByText("speak"));
  const second = screen.getByTestId("announcer").textContent;
  expect([first.trim(), second.trim()]).toEqual(["Row 12 kept", "Row 12 kept"]);
  expect(first).not.toBe(second);
});

test("an error says what the server said, and can be tried again", () => {
  const onRetry = vi.fn();
  const error = new ApiError(404, "There is no row 12.");
  renderPart(<ErrorNotice title="The row could not be read" error={error} onRetry={onRetry} />);
  expect(screen.getByRole("alert")).toHaveTextContent("There is no row 12.");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test("a number leads to the rows behind it", () => {
  renderPart(<StatNumber value="3.1 %" label="of labels look wrong" to="/rows" />);
  expect(screen.getByRole("link", { name: "3.1 % of labels look wrong" })).toHaveAttribute("href", "/rows");
});

test("a hint prints the first key, or all", () => {
  renderPart(
    <>
      <KeyHint action="undo" />
      <KeyHint action="rank" all />
    </>,
  );
  expect(screen.getAllByText(/./, { selector: "kbd" }).map((cap) => cap.textContent)).toEqual(["Z", "1…9"]);
});
