import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { Providers } from "../app/Providers";
import { routes } from "../app/routes";

/** Draw a part or page as the app would, at an address. */
export function renderPart(part: ReactNode, path = "/"): RenderResult {
  const router = createMemoryRouter([{ path: "*", element: part }], { initialEntries: [path] });
  return render(<RouterProvider router={router} />, { wrapper: Providers });
}

/** Draw the whole app at an address. */
export function renderApp(path = "/"): RenderResult {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  return render(<RouterProvider router={router} />, { wrapper: Providers });
}
