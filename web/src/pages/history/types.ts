import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Batch = Schemas["BatchOut"];
export type Checkpoint = Schemas["CheckpointOut"];
export type Changed = Schemas["Changed"];
export type Moment = Schemas["Moment"];
