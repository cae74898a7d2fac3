import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { endSession } from "../api/session";
import { renderApp } from "../testing/render";
import { COMING_PLACES, PROJECT_PLACES } from "./places";

describe("the shell", () => {
  test.each(PROJECT_PLACES.map(({ title, path }) => [title, path]))("shows %s", async (title, path) => {
    renderApp(`/projects/reviews/${path}`);
    expect(await screen.findByRole("heading", { level: 1, name: title })).toBeVisible();
    expect(document.title).toBe(`${title} · emendata Studio`);
    expect(screen.getByRole("link", { current: "page" })).toHaveTextContent(title);
  });

  test.each(COMING_PLACES.map(({ title, path }) => [title, path]))(
    "says what %s will be",
    async (title, path) => {
      renderApp(`/coming/${path}`);
      expect(await screen.findByRole("heading", { level: 1, name: title })).toBeVisible();
    },
  );

  test("leads to the places of a dataset only where one is open", async () => {
    renderApp("/");
    const rail = await screen.findByRole("navigation");
    expect(within(rail).queryByRole("link", { name: /Overview/ })).toBeNull();
    expect(within(rail).getByText("Overview")).toBeVisible();
  });

  test("goes to places by key, and on at their heading", async () => {
    renderApp("/projects/reviews/overview");
    await screen.findByRole("heading", { level: 1, name: "Overview" });
    await userEvent.keyboard("gx");
    expect(await screen.findByRole("heading", { level: 1, name: "Export" })).toHaveFocus();
  });

  test("says so where an address leads nowhere", async () => {
    renderApp("/nowhere");
    expect(await screen.findByRole("heading", { level: 1, name: "No such page" })).toBeVisible();
  });

  test.each(["?", "h"])("shows all keys after %s", async (key) => {
    renderApp("/");
    await screen.findByRole("heading", { level: 1 });
    fireEvent.keyDown(document.body, { key });
    expect(await screen.findByRole("dialog", { name: "Keys" })).toHaveTextContent("Accept the suggestion");
  });

  test("finds places by typing", async () => {
    renderApp("/projects/reviews/overview");
    await screen.findByRole("heading", { level: 1, name: "Overview" });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(await screen.findByLabelText("Find an action or a place"), "histor{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: "History" })).toBeVisible();
  });

  test("gives way to the terminal's address when the server knows no session", async () => {
    renderApp("/");
    await screen.findByRole("navigation");
    act(endSession);
    expect(screen.getByRole("heading", { name: "Open the address that the terminal shows" })).toBeVisible();
    expect(screen.queryByRole("navigation")).toBeNull();
  });
});
