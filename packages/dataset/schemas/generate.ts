import { writeFileSync } from "node:fs";
import { jsonSchemas } from "./json-schemas.ts";

// Writes the JSON Schema files of this folder: npx tsx packages/dataset/schemas/generate.ts

for (const [name, text] of jsonSchemas) writeFileSync(new URL(name, import.meta.url), text);
