import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPart } from "../../testing/render";
import { HomePage } from "./HomePage";

test("home says what happens to the data", () => {
  renderPart(<HomePage />);
  expect(screen.getByText(/stay on this machine/)).toBeVisible();
});
