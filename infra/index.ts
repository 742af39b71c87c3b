import { createApi, createRoutes } from "./api.ts";
import { audiencesOf } from "./audiences.ts";
import { createAuth } from "./auth.ts";
import { createFunctionIdentities } from "./functions.ts";
import { createMonitoring } from "./monitoring.ts";
import { createPipeline } from "./pipeline.ts";
import { requirePlace } from "./place.ts";
import type { Platform } from "./platform.ts";
import { createReport } from "./report.ts";
import { createState } from "./state.ts";
import { createStore } from "./store.ts";
import { createUserPool } from "./user-pool.ts";
import { configurePage, createWeb } from "./web.ts";

/** The whole system, defined once: each sub-system is a line here, and a file of the generated module. */
export function infra(platform: Platform): void {
  requirePlace(platform);
  const store = createStore(platform);
  const functions = createFunctionIdentities(platform);
  const pipeline = createPipeline(platform, { store, identity: functions.collect });
  const pool = createUserPool(platform);
  const auth = createAuth(platform, functions.session, pool);
  const audiences = audiencesOf(platform);
  const state = createState(platform, audiences);
  const api = createApi(platform, { store, state, pool });
  const web = createWeb(platform, { store, pipeline, auth, api });
  const { clientId } = auth.createClient(web, api);
  configurePage(platform, store, { clientId, pool });
  createRoutes(platform, api, { clientId, pool });
  const report = createReport(platform, { store, host: web.host, audiences, state });
  createMonitoring(platform, { pipeline, auth, report, api });
}
