// SST's command line in this checkout, after its packages and those of infra/ are installed.
//
//   npm run sst -- install      the platform that sst.config.ts and infra/ are checked against
//   npm run sst -- dev          needs AWS
//   npm run sst -- deploy --stage staging
import process from "node:process";
import { become, installWhenNeeded, refuseOldNode } from "./dependencies.mjs";
import { environmentOf, installSst, sst } from "./platform.mjs";

refuseOldNode();
// sst.config.ts is evaluated with the code of this checkout, which imports its packages by their names.
installWhenNeeded();
installSst();
const words = process.argv.slice(2);
become("sst", process.execPath, [sst, ...words], environmentOf(words.find((word) => !word.startsWith("-"))));
