#!/usr/bin/env bash
# nodemailer 10.6.1: when the server closes the connection, the error is the same before the sender is accepted and after the
# whole message was received: code ECONNECTION, command CONN. Refusals name the command that was refused. So an error alone does
# not tell whether the mail may have been sent.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts nodemailer@10.6.1 smtp-server@3.21.6 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import nodemailer from "nodemailer";
import { SMTPServer } from "smtp-server";
async function errorOf(script) {
  const sockets = new Set();
  let received = 0;
  const close = () => sockets.forEach((socket) => socket.destroy());
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], disableReverseLookup: true,
    onMailFrom: (_address, _session, done) => (script.atSender ? script.atSender(close, done) : done()),
    onData(stream, _session, done) {
      stream.on("data", () => {});
      stream.on("end", () => { received += 1; script.atEnd(close, done); });
    },
  });
  server.server.on("connection", (socket) => sockets.add(socket));
  server.on("error", () => {});
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: server.server.address().port, ignoreTLS: true });
  const mail = { from: "a@example.com", to: "b@example.com", subject: "x", text: "x" };
  const error = await transport.sendMail(mail).then(() => null, (thrown) => thrown);
  server.close(); close();
  return { code: error.code, command: error.command, message: error.message, received };
}
const refused = Object.assign(new Error("no"), { responseCode: 550 });
const before = await errorOf({ atSender: (close) => close() });
const after = await errorOf({ atEnd: (close) => close() });
const refusal = await errorOf({ atSender: (_close, done) => done(refused) });
console.log("closed at MAIL FROM:", before);
console.log("closed after the message:", after);
console.log("refused at MAIL FROM:", refusal);
const { received: none, ...errorBefore } = before;
const { received: one, ...errorAfter } = after;
assert.deepEqual([none, one], [0, 1]);
assert.deepEqual(errorBefore, errorAfter);
assert.deepEqual([errorAfter.code, errorAfter.command], ["ECONNECTION", "CONN"]);
assert.equal(refusal.command, "MAIL FROM");
JS
node try.mjs
