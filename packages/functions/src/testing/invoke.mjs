// Plays Lambda's runtime: loads a bundle in a process of its own, invokes its handler once, and sends the parent what
// came of it.  node invoke.mjs BUNDLE EVENT MILLISECONDS
import process from "node:process";
import { pathToFileURL } from "node:url";

const [bundle = "", event = "{}", remaining = "300000"] = process.argv.slice(2);
const { handler } = await import(pathToFileURL(bundle).href);
let end = performance.now() + Number(remaining);
// The parent may cut the time short: it knows how far the function has come.
process.on("message", (milliseconds) => {
  end = performance.now() + milliseconds;
});
const context = {
  awsRequestId: "00000000-0000-4000-8000-000000000001",
  functionName: "dapanoskop-collect",
  getRemainingTimeInMillis: () => end - performance.now(),
};

/** Peak of resident memory in MB; Node tells it in kB. */
const peak = () => Math.round(process.resourceUsage().maxRSS / 1_024);

/** Processor time of the whole process in milliseconds, its start included. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const told = await handler(JSON.parse(event), context).then(
  (result) => ({ result, error: null }),
  (error) => ({ result: null, error: { name: error.name, message: error.message } }),
);
process.send?.({ ...told, peakMb: peak(), cpuMs: spent() }, () => process.exit(0));
