#!/usr/bin/env bash
# AWS SDK for JavaScript, client-pricing 3.1133.0: GetProducts declares PriceList as a list of strings, and each item is a String
# object. `typeof` says "object", `===` to the same text is false, and a schema that wants a string refuses it; `JSON.parse`
# and a template text take it. The item also has a method that parses its text.
set -euo pipefail
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts @aws-sdk/client-pricing@3.1133.0 valibot@1.5.0 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { GetProductsCommand, PricingClient } from "@aws-sdk/client-pricing";
import * as v from "valibot";
const text = JSON.stringify({ product: { sku: "A1" } });
const server = createServer((request, response) => {
  request.resume().on("end", () =>
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ FormatVersion: "aws_v1", PriceList: [text] })));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const client = new PricingClient({
  endpoint: `http://127.0.0.1:${server.address().port}`, region: "us-east-1",
  credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
});
const { PriceList: [item], FormatVersion: format } = await client.send(new GetProductsCommand({ ServiceCode: "AmazonEC2" }));
client.destroy(); server.close(); server.closeAllConnections();
const seen = {
  formatIs: typeof format, itemIs: typeof item, isStringObject: item instanceof String, equalsItsText: item === text,
  schemaTakesIt: v.is(v.string(), item), asText: `${item}` === text, parsed: JSON.parse(item).product.sku,
};
console.log(seen);
assert.deepEqual(seen, {
  formatIs: "string", itemIs: "object", isStringObject: true, equalsItsText: false, schemaTakesIt: false, asText: true, parsed: "A1",
});
JS
node try.mjs
