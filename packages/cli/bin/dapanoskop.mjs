#!/usr/bin/env node
// Runs from the checkout without a build step. Node 22.18 and newer strip types themselves; older ones get a loader.
import process from "node:process";

if (process.features.typescript) {
  // On some versions that can do it, Node says with every start that this is experimental.
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).includes("Type Stripping")) emitWarning.call(process, warning, ...rest);
  };
} else {
  const { register } = await import("tsx/esm/api");
  register();
}

const { main } = await import("../src/main.ts");
await main();
