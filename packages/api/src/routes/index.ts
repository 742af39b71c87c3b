import type { Route } from "../route.ts";
import { costRoutes } from "./cost-routes.ts";
import { planRoutes } from "./plan-routes.ts";
import { statusRoutes } from "./status-routes.ts";

/** Every operation of the API. */
export const routes: readonly Route[] = [...statusRoutes, ...planRoutes, ...costRoutes];
