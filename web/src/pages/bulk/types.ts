import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Scope = Schemas["BulkScope"];
export type Preview = Schemas["BulkPreview"];
export type Likely = Schemas["Likely"];
export type Changed = Schemas["Changed"];
export type RowLine = Schemas["RowLine"];
