import type { ComponentType } from "react";
import { Gallery } from "./Gallery";
import { RowGrid } from "./RowGrid";
import type { Address } from "./useAddress";
import type { Marks } from "./useMarks";
import type { Rows } from "./useRows";
import type { Selection } from "./useSelection";

export interface ModeProps {
  project: string;
  hasLabel: boolean;
  address: Address;
  rows: Rows;
  selection: Selection;
  marks: Marks;
}

export interface Mode {
  /** As addresses have it. */
  readonly name: string;
  readonly title: string;
  /** Shows many rows beside the decision; null where one row has all the room. */
  readonly Rows: ComponentType<ModeProps> | null;
}

const TABLE: Mode = { name: "table", title: "Table", Rows: RowGrid };

/** The ways of showing rows, in the order in which V goes through them. */
export const MODES: readonly Mode[] = [
  TABLE,
  { name: "gallery", title: "Gallery", Rows: Gallery },
  { name: "focus", title: "Focus", Rows: null },
];

export function modeOf(name: string): Mode {
  return MODES.find((mode) => mode.name === name) ?? TABLE;
}

/** The mode after this one, from the first again after the last. */
export function modeAfter(mode: Mode): Mode {
  return MODES[(MODES.indexOf(mode) + 1) % MODES.length] ?? TABLE;
}
