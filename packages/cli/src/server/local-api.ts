import { randomUUID } from "node:crypto";
import { type ApiContext, type ApiHandler, apiHandler, scopes } from "@dapanoskop/api";
import type { Runtime } from "@dapanoskop/core/runtime";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { loadParquetCodec } from "@dapanoskop/local/parquet";
import { LOCAL_OWNER, type PlanStorage, planReader, publishedPrices } from "@dapanoskop/plans";
import { scanner } from "@dapanoskop/scan";
import { installedGrammar } from "@dapanoskop/scan/grammar";
import type { OutputStream } from "../command-context.ts";
import { errorSentence } from "../error-sentence.ts";

export interface LocalApiDependencies extends PlanStorage {
  /** The published dataset. */
  readonly store: ArtifactStore;
  /** The bill that cost queries ask; `null`: what is published has to do. */
  readonly bill: ApiContext["bill"];
  readonly runtime: Pick<Runtime, "clock" | "random">;
  readonly err: OutputStream;
}

/** The API on this machine: whoever reaches it is the owner `local`, so it is mounted on loopback only. */
export function localApi({ err, ...dependencies }: LocalApiDependencies): ApiHandler {
  const owner = { name: LOCAL_OWNER, owner: LOCAL_OWNER };
  return apiHandler({
    ...dependencies,
    plans: planReader(publishedPrices(dependencies.store, loadParquetCodec)),
    scan: scanner(installedGrammar),
    authenticate: async () => ({ subject: LOCAL_OWNER, owners: [owner], scopes: new Set(scopes) }),
    log: {
      answered: () => {},
      failed: (requestId, failure) =>
        err.write(`Request ${requestId} of the API failed: ${errorSentence(failure)}\n`),
    },
  });
}

export const newRequestId = (): string => randomUUID();
