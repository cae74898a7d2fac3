import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Overview = Schemas["Overview"];
export type Lead = Schemas["Lead"];
export type Flow = Schemas["FlowOut"];
export type ClassOut = Schemas["ClassOut"];
export type CheckOut = Schemas["CheckOut"];
export type GroupTable = Schemas["GroupTable"];
export type GroupOut = Schemas["GroupOut"];
export type Reckoning = Schemas["Reckoning"];
