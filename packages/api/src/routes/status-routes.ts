import { readIndex, storeReader } from "@dapanoskop/dataset";
import { MOST_ITEMS } from "../cursor/page.ts";
import { statusDocument } from "../documents/index.ts";
import { LONGEST_PLAN } from "../http/read-body.ts";
import { limits } from "../limits.ts";
import { answer, type Route, route } from "../route.ts";

export const statusRoutes: readonly Route[] = [
  route({
    operation: "showStatus",
    method: "GET",
    path: "/status",
    summary: "Says who asks, what is published, and the limits.",
    scopes: ["read", "write", "plans"],
    answers: { 200: statusDocument },
    async handle({ api, caller }) {
      const index = await readIndex(api.store);
      const trend = index === null ? null : await storeReader(api.store).trend(index);
      return answer({
        schema: 1,
        owners: caller.owners.map(({ name }) => name),
        scopes: [...caller.scopes].sort(),
        data:
          index === null
            ? null
            : {
                generation: index.generation,
                published_at: index.published_at,
                periods: [...index.periods],
                currency: trend?.currency ?? null,
              },
        limits: {
          plan_bytes: LONGEST_PLAN,
          page_items: MOST_ITEMS,
          page_price_usd: api.bill?.pagePrice ?? "0",
          queries_per_day: limits.dailyQueries.uses,
        },
      });
    },
  }),
];
