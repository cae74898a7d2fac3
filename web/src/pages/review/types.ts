import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type RowLine = Schemas["RowLine"];
export type RowDetail = Schemas["RowDetail"];
export type Finding = Schemas["FindingOut"];
export type DecisionIn = Schemas["DecisionIn"];
export type Kind = DecisionIn["kind"];
export type Facet = Schemas["FacetOut"];
export type Changed = Schemas["Changed"];
export type ProjectState = Schemas["ProjectState"];

/** What somebody decides about the finding in front of them. */
export interface Decided {
  readonly kind: Kind;
  readonly column: string | null;
  readonly new?: string | null;
}
