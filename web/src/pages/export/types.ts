import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type ExportIn = Schemas["ExportIn"];
export type ExportPlan = Schemas["ExportPlan"];
export type ExportOut = Schemas["ExportOut"];
export type FileOut = Schemas["FileOut"];
export type RowChoice = ExportIn["rows"];

export const OWN = "own";
/** What a certificate has to promise of label changes that nobody looked at. */
export const CERTIFIED = 0.95;
