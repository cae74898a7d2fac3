import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type RowLine = Schemas["RowLine"];
export type RowDetail = Schemas["RowDetail"];
export type Finding = Schemas["FindingOut"];
export type DecisionIn = Schemas["DecisionIn"];
export type Kind = DecisionIn["kind"];
export type Facet = Schemas["FacetOut"];
export type Changed = Schemas["Changed"];
export type SavedView = Schemas["SavedView"];
export type ProjectState = Schemas["ProjectState"];

/** What the panel asks of the desk. */
export interface Deciding {
  /** The last decision that was made here. */
  readonly last: Decided | null;
  decide: (line: RowLine, finding: Finding, made: Decided, isLast: boolean) => void;
  comment: (line: RowLine, finding: Finding, made: Decided) => void;
  /** Take back what stands about a cell, or the row as a whole. */
  withdraw: (line: RowLine, column: string | null) => void;
  /** Whether somebody else has decided and is to be overruled only by a second key; says so. */
  mustAsk: (line: RowLine) => boolean;
  /** Whether the decision that stands is somebody else's. */
  isOthers: (line: RowLine) => boolean;
  undo: () => void;
  redo: () => void;
  /** Absent where the next row is not for the person to choose. */
  move?: (by: number) => void;
  skip?: () => void;
  visit: (row: number) => void;
}

/** What somebody decides about the finding in front of them. */
export interface Decided {
  readonly kind: Kind;
  readonly column: string | null;
  readonly new?: string | null;
  /** What it says beside: the text of a comment. */
  readonly reason?: string;
}
