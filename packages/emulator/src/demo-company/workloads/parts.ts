import type { DailyPattern } from "../daily-pattern.ts";
import type { ItemName } from "../price-list.ts";
import { newVolumes, oldVolumes } from "../trends.ts";
import type { WorkloadUse } from "../workload.ts";

type Detail = Omit<WorkloadUse, "item" | "amount">;

/** A line of a workload's bill. */
export const use = (item: ItemName, amount: number, detail: Detail = {}): WorkloadUse => ({
  item,
  amount,
  ...detail,
});
/** A line whose amount depends on people, customers or schedules. */
export const on = (pattern: DailyPattern, item: ItemName, amount: number, detail: Detail = {}): WorkloadUse =>
  use(item, amount, { pattern, ...detail });

/** Volumes of `gib` GiB: a part is gp2, the rest gp3 with provisioned throughput and operations. */
export const volumes = (gib: number): readonly WorkloadUse[] => [
  use("gp2", gib, { trend: oldVolumes }),
  use("gp3", gib, { trend: newVolumes }),
  use("gp3 iops", gib * 1.5, { trend: newVolumes }),
  use("gp3 throughput", gib / 16_384, { trend: newVolumes }),
];

/** A database that runs on Oracle until its migration, then on Aurora. */
export function migratedFromOracle(
  turn: number,
  size: "m5.large" | "m5.xl",
  gib: number,
): readonly WorkloadUse[] {
  const leaving = { migration: { turn, side: "leaving" }, fixed: true } as const;
  const arriving = { migration: { turn, side: "arriving" }, fixed: true } as const;
  return [
    use(`oracle ${size}`, 1, leaving),
    use("oracle storage", gib, leaving),
    use(size === "m5.xl" ? "aurora r6g.xl" : "aurora r6g.large", size === "m5.xl" ? 2 : 1, arriving),
    use("aurora storage", gib, arriving),
    on("office", "aurora io", gib * 40_000, arriving),
  ];
}
