import { moneyNumber } from "@dapanoskop/core/money";

/** The costs of consecutive days in exact units, and the quantities behind them. */
export class DaySeries {
  #total = 0n;
  readonly #units: bigint[];
  #quantities: Float64Array | null = null;
  #unit: string | null = null;
  #hasMixedUnits = false;

  constructor(days: number) {
    this.#units = Array.from({ length: days }, () => 0n);
  }

  get total(): bigint {
    return this.#total;
  }

  /** `null` where it is unknown or mixed. */
  get unit(): string | null {
    return this.#hasMixedUnits ? null : this.#unit;
  }

  add(day: number, units: bigint): void {
    this.#units[day] = (this.#units[day] ?? 0n) + units;
    this.#total += units;
  }

  /** @param unit empty where it is unknown or mixed */
  addQuantity(day: number, quantity: number | null, unit: string): void {
    this.#quantities ??= new Float64Array(this.#units.length);
    if (quantity === null || unit === "") {
      this.#quantities[day] = Number.NaN;
      return;
    }
    this.#unit ??= unit;
    this.#hasMixedUnits ||= unit !== this.#unit;
    this.#quantities[day] = (this.#quantities[day] ?? 0) + quantity;
  }

  /** `null` on the days that are not known. */
  costs(known: readonly boolean[], currency: string): (number | null)[] {
    return this.#units.map((units, day) => (known[day] ? moneyNumber({ units, currency }) : null));
  }

  quantities(known: readonly boolean[]): (number | null)[] {
    const { unit } = this;
    return this.#units.map((_, day) => {
      const quantity = this.#quantities?.[day] ?? 0;
      return unit === null || !known[day] || Number.isNaN(quantity) ? null : quantity;
    });
  }
}

export function seriesOf(all: Map<string, DaySeries>, key: string, days: number): DaySeries {
  const own = all.get(key) ?? new DaySeries(days);
  all.set(key, own);
  return own;
}

/** By cost over all days, largest first, ties by name. */
export const byTotal = (all: ReadonlyMap<string, DaySeries>): readonly (readonly [string, DaySeries])[] =>
  [...all].sort(([a, x], [b, y]) => (x.total === y.total ? (a < b ? -1 : 1) : x.total > y.total ? -1 : 1));
