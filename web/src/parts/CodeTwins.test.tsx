import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { CodeTwins } from "./CodeTwins";

const CODE = { python: "import emendata as em", cli: "emendata fix a.csv.emendata" };

test("the code is hidden until it is asked for", async () => {
  renderPart(<CodeTwins does="makes this export" code={CODE} />);
  expect(screen.queryByRole("button", { name: "Copy" })).toBeNull();
  const show = screen.getByRole("button", { name: "Show the code that makes this export" });
  expect(show).toHaveAttribute("aria-expanded", "false");
  await userEvent.click(show);
  expect(screen.getByText(CODE.python)).toBeVisible();
});

test("what is shown is what is copied, and that is said", async () => {
  const user = userEvent.setup();
  renderPart(<CodeTwins does="makes this export" code={CODE} startsOpen />);
  await user.click(screen.getByRole("radio", { name: "Command line" }));
  expect(screen.getByText(CODE.cli)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await navigator.clipboard.readText()).toBe(CODE.cli);
  expect(screen.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(screen.getByTestId("announcer")).toHaveTextContent("The Command line code is copied.");
});
