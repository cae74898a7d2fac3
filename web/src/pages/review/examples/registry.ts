import { audioView } from "./audio";
import { imageView } from "./image";
import { tableView } from "./table";
import { textView } from "./text";
import type { ExampleCell, ExampleView } from "./view";

/** Every way to show an example, the one that tells most in front. A new kind is its file and its place here. */
export const EXAMPLE_VIEWS: readonly ExampleView[] = [imageView, audioView, textView, tableView];

export interface ExamplePart {
  readonly view: ExampleView;
  readonly cells: readonly ExampleCell[];
}

/** Which view shows which cells of an example; those that no view asks for are left out. */
export function partsOf(cells: readonly ExampleCell[]): ExamplePart[] {
  return EXAMPLE_VIEWS.map((view) => ({
    view,
    cells: cells.filter(({ role }) => view.roles.includes(role)),
  })).filter(({ cells }) => cells.length > 0);
}

/** The view that shows a column of this role. */
export function viewOf(role: string): ExampleView | undefined {
  return EXAMPLE_VIEWS.find(({ roles }) => roles.includes(role));
}
