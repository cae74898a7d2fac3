import type { ComponentType } from "react";

/** A cell of an example, with what its column is for. */
export interface ExampleCell {
  readonly name: string;
  readonly role: string;
  readonly text: string;
  /** How many characters it has in all, where only its beginning is here. */
  readonly n_characters?: number;
}

export interface ExampleProps {
  readonly project: string;
  readonly row: number;
  /** Those cells whose role the view shows. */
  readonly cells: readonly ExampleCell[];
}

export interface TileProps extends ExampleProps {
  /** False while the tiles fly past: nothing is fetched then. */
  readonly mayLoad: boolean;
}

/** How one kind of example is shown. */
export interface ExampleView {
  readonly kind: string;
  /** The roles of the columns that it shows. */
  readonly roles: readonly string[];
  /** In full: beside the decision, in Focus, and zoomed. */
  readonly Full: ComponentType<ExampleProps>;
  /** In a card of the gallery. */
  readonly Tile: ComponentType<TileProps>;
  /** In a cell of the table; its text where there is none. */
  readonly Cell?: ComponentType<TileProps>;
}
