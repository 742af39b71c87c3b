import { kmsSigners } from "@dapanoskop/aws";
import { logTo } from "../lambda/index.ts";
import { sessionHandler } from "./session-handler.ts";
import { cachedSettings } from "./settings.ts";
import { settingsParameter } from "./settings-parameter.ts";

const signers = kmsSigners();

/** The auth Lambda, behind CloudFront at `/auth/*`. */
export const handler = sessionHandler({
  settings: cachedSettings(settingsParameter(process.env.SETTINGS_PARAMETER), Date.now),
  signerOf: ({ keyId }) => signers(keyId),
  fetch,
  now: Date.now,
  log: logTo((line) => process.stdout.write(`${line}\n`)),
});
