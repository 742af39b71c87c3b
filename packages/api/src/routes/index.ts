import type { Route } from "../route.ts";
import { budgetRoutes } from "./budget-routes.ts";
import { costRoutes } from "./cost-routes.ts";
import { driftRoutes } from "./drift-routes.ts";
import { planRoutes } from "./plan-routes.ts";
import { scanRoutes } from "./scan-routes.ts";
import { statusRoutes } from "./status-routes.ts";

/** Every operation of the API. */
export const routes: readonly Route[] = [
  ...statusRoutes,
  ...planRoutes,
  ...driftRoutes,
  ...budgetRoutes,
  ...costRoutes,
  ...scanRoutes,
];
