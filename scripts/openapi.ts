// Writes packages/api/openapi.json, the description of the API, from the routes and their schemas. A test holds the file to them.
import { writeFile } from "node:fs/promises";
import { openApiDocument, routes } from "@dapanoskop/api";

const file = new URL("../packages/api/openapi.json", import.meta.url);
await writeFile(file, `${JSON.stringify(openApiDocument(routes), null, 2)}\n`);
