import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { resetSettings } from "../../app/settings";
import { renderPart } from "../../testing/render";
import { SettingsPage } from "./SettingsPage";

beforeEach(() => {
  act(resetSettings);
  renderPart(<SettingsPage />);
});

test("what is chosen is shown at once and kept", async () => {
  await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
  await userEvent.click(screen.getByRole("radio", { name: "High" }));
  await userEvent.click(screen.getByRole("radio", { name: "Compact" }));
  const { dataset } = document.documentElement;
  expect([dataset.mantineColorScheme, dataset.contrast, dataset.density]).toEqual([
    "dark",
    "more",
    "compact",
  ]);
  expect(JSON.parse(localStorage.getItem("emendata.settings") ?? "")).toMatchObject({ scheme: "dark" });
});

test("all can be set back", async () => {
  await userEvent.click(screen.getByRole("switch", { name: "Single keys" }));
  expect(screen.getByRole("switch", { name: "Single keys" })).not.toBeChecked();
  await userEvent.click(screen.getByRole("button", { name: "Set all back" }));
  expect(screen.getByRole("switch", { name: "Single keys" })).toBeChecked();
});

test("a key is changed by pressing another, unless that one is taken", async () => {
  const button = screen.getByLabelText("Change the key of “Accept the suggestion”");
  expect(button).toHaveTextContent("W");
  await userEvent.click(button);
  await userEvent.keyboard("q");
  expect(screen.getByRole("alert")).toHaveTextContent("Q belongs to “Keep what is given”");
  await userEvent.keyboard("y");
  expect(screen.getByLabelText("Change the key of “Accept the suggestion”")).toHaveTextContent("Y");
  await userEvent.click(screen.getByLabelText("Set the key of “Accept the suggestion” back"));
  expect(screen.getByLabelText("Change the key of “Accept the suggestion”")).toHaveTextContent("W");
});

test("a preset changes all keys", async () => {
  await userEvent.click(screen.getByLabelText("Vim"));
  expect(screen.getByLabelText("Change the key of “Undo”")).toHaveTextContent("U");
});
