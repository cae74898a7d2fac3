import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { EXAMPLE_VIEWS, partsOf } from "./registry";

const cell = (name: string, role: string) => ({ name, role, text: `${name} of it` });
const CELLS = [cell("size", "number"), cell("note", "text"), cell("scan", "image"), cell("take", "audio")];

test("every kind of example has a view, and each cell goes to the one for its role", () => {
  expect(partsOf(CELLS).map(({ view, cells }) => [view.kind, cells.map(({ name }) => name)])).toEqual([
    ["image", ["scan"]],
    ["audio", ["take"]],
    ["text", ["note"]],
    ["table", ["size"]],
  ]);
});

test("no role has two views", () => {
  const roles = EXAMPLE_VIEWS.flatMap((view) => view.roles);
  expect(new Set(roles).size).toBe(roles.length);
});

test("while tiles fly past no image is fetched, and one that was begun stays", () => {
  const Tile = EXAMPLE_VIEWS[0]?.Tile ?? (() => null);
  const tile = (mayLoad: boolean) => (
    <Tile project="p" row={3} cells={[cell("scan", "image")]} mayLoad={mayLoad} />
  );
  const { rerender } = render(tile(false));
  expect(screen.getByAltText("scan of row 3")).not.toHaveAttribute("src");
  rerender(tile(true));
  expect(screen.getByAltText("scan of row 3")).toHaveAttribute(
    "src",
    "/api/projects/p/media/3/scan?side=256",
  );
  rerender(tile(false));
  expect(screen.getByAltText("scan of row 3")).toHaveAttribute("src");
});
