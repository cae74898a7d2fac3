import type { components } from "../../../api/schema";

type Schemas = components["schemas"];
export type Sample = Schemas["Sample"];
export type Certificate = Schemas["CertificateOut"];
