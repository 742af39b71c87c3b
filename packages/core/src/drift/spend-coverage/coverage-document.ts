import type { Window } from "../../calendar/index.ts";
import { add, moneyText } from "../../money/index.ts";
import type { Coverage } from "./coverage.ts";

/** The coverage of spend as JSON: `dapanoskop coverage --format json`. Money is decimal text. */
export interface CoverageDocument {
  readonly schema: 1;
  readonly currency: string;
  /** The first day of the bill, and the day after its last one. */
  readonly start: string;
  readonly end: string;
  readonly total: string;
  readonly managed: string;
  readonly unmanaged: string;
  readonly unattributable: string;
  /** Of `managed` and `unmanaged`: `66.7`; `null` where it says nothing. */
  readonly percent: string | null;
  readonly managed_resources: number;
  readonly charged_managed_resources: number;
  readonly services: readonly {
    readonly service: string;
    readonly managed: string;
    readonly unmanaged: string;
    readonly unattributable: string;
  }[];
  readonly unmanaged_resources: number;
  /** The dearest unmanaged resources first, at most 1,000 of them. */
  readonly resources: readonly {
    readonly resource_id: string;
    readonly service: string;
    readonly cost: string;
  }[];
}

const MOST_RESOURCES = 1_000;

export function coverageDocument(coverage: Coverage, { start, end }: Window): CoverageDocument {
  const { managed, unmanaged, unattributable, permille } = coverage;
  return {
    schema: 1,
    currency: managed.currency,
    start,
    end,
    total: moneyText(add(add(managed, unmanaged), unattributable)),
    managed: moneyText(managed),
    unmanaged: moneyText(unmanaged),
    unattributable: moneyText(unattributable),
    percent: permille === null ? null : (permille / 10).toFixed(1),
    managed_resources: coverage.managedCount,
    charged_managed_resources: coverage.chargedManagedCount,
    services: coverage.services.map((one) => ({
      service: one.service,
      managed: moneyText(one.managed),
      unmanaged: moneyText(one.unmanaged),
      unattributable: moneyText(one.unattributable),
    })),
    unmanaged_resources: coverage.unmanagedResources.length,
    resources: coverage.unmanagedResources.slice(0, MOST_RESOURCES).map(({ resourceId, service, cost }) => ({
      resource_id: resourceId ?? "",
      service,
      cost: moneyText(cost),
    })),
  };
}
