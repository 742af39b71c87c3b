#!/usr/bin/env bash
# AWS SDK for JavaScript 3.1138.0: `httpAgent: { keepAlive: false }` closes each connection, but the request still says
# "Connection: keep-alive": the SDK's default of 50 sockets makes Node's agent say so. With maxSockets Infinity it says "close".
set -euo pipefail
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts @aws-sdk/client-sns@3.1138.0 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
async function headersWith(httpAgent) {
  const seen = [];
  let connections = 0;
  const server = createServer((request, response) => {
    seen.push(request.headers.connection);
    request.resume().on("end", () => response.writeHead(200, { "content-type": "text/xml" }).end("<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"));
  });
  server.on("connection", () => { connections += 1; });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new SNSClient({
    endpoint: `http://127.0.0.1:${server.address().port}`, region: "eu-central-1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" }, requestHandler: { httpAgent },
  });
  const publish = () => client.send(new PublishCommand({ TopicArn: "arn:aws:sns:eu-central-1:111122223333:x", Message: "x" }));
  await publish(); await publish();
  client.destroy(); server.close(); server.closeAllConnections();
  return { seen, connections };
}
const limited = await headersWith({ keepAlive: false });
const unlimited = await headersWith({ keepAlive: false, maxSockets: Infinity });
console.log("keepAlive false:", limited);
console.log("keepAlive false, maxSockets Infinity:", unlimited);
assert.deepEqual(limited, { seen: ["keep-alive", "keep-alive"], connections: 2 });
assert.deepEqual(unlimited, { seen: ["close", "close"], connections: 2 });
JS
node try.mjs
