import {
  type DayColumns,
  dayColumns,
  type ServiceColumns,
  serviceColumns,
  type UsageTypeColumns,
  usageTypeColumns,
  type WorkloadColumns,
  workloadColumns,
} from "./columns.ts";
import { GrowingNumbers, GrowingTexts } from "./growing.ts";

/** The rows of `cost-by-workload.parquet`, added one by one to columns. */
export class WorkloadTable {
  readonly #costCenter = new GrowingTexts();
  readonly #workload = new GrowingTexts();
  readonly #period = new GrowingTexts();
  readonly #cost = new GrowingNumbers();
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  /** @throws RangeError when the cost is not finite; nothing is added then */
  push(costCenter: string, workload: string, period: string, cost: number): void {
    finite("cost_usd", this.#rows, cost);
    this.#cost.push(cost);
    this.#costCenter.push(costCenter);
    this.#workload.push(workload);
    this.#period.push(period);
    this.#rows += 1;
  }

  columns(): WorkloadColumns {
    return {
      columns: workloadColumns,
      rows: this.#rows,
      data: {
        cost_center: this.#costCenter.column(),
        workload: this.#workload.column(),
        period: this.#period.column(),
        cost_usd: this.#cost.column(),
      },
    };
  }
}

/** The rows of a file of costs by usage type, added one by one to columns. */
export class UsageTypeTable {
  readonly #workload = new GrowingTexts();
  readonly #usageType = new GrowingTexts();
  readonly #category = new GrowingTexts();
  readonly #period = new GrowingTexts();
  readonly #cost = new GrowingNumbers();
  readonly #quantity = new GrowingNumbers();
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  /**
   * @param quantity `null` where the unit is unknown or mixed
   * @throws RangeError when cost or quantity is not finite; nothing is added then
   */
  push(
    workload: string,
    usageType: string,
    category: string,
    period: string,
    cost: number,
    quantity: number | null,
  ): void {
    finite("cost_usd", this.#rows, cost);
    if (quantity !== null) finite("usage_quantity", this.#rows, quantity);
    this.#cost.push(cost);
    this.#quantity.push(quantity);
    this.#workload.push(workload);
    this.#usageType.push(usageType);
    this.#category.push(category);
    this.#period.push(period);
    this.#rows += 1;
  }

  columns(): UsageTypeColumns {
    return {
      columns: usageTypeColumns,
      rows: this.#rows,
      data: {
        workload: this.#workload.column(),
        usage_type: this.#usageType.column(),
        category: this.#category.column(),
        period: this.#period.column(),
        cost_usd: this.#cost.column(),
        usage_quantity: this.#quantity.column(),
      },
    };
  }
}

/** The rows of `cost-by-day.parquet`, added one by one to columns. */
export class DayTable {
  readonly #date = new GrowingTexts();
  readonly #costCenter = new GrowingTexts();
  readonly #workload = new GrowingTexts();
  readonly #cost = new GrowingNumbers();
  #rows = 0;

  /** @throws RangeError when the cost is not finite; nothing is added then */
  push(date: string, costCenter: string, workload: string, cost: number): void {
    finite("cost_usd", this.#rows, cost);
    this.#date.push(date);
    this.#costCenter.push(costCenter);
    this.#workload.push(workload);
    this.#cost.push(cost);
    this.#rows += 1;
  }

  columns(): DayColumns {
    return {
      columns: dayColumns,
      rows: this.#rows,
      data: {
        date: this.#date.column(),
        cost_center: this.#costCenter.column(),
        workload: this.#workload.column(),
        cost_usd: this.#cost.column(),
      },
    };
  }
}

/** A row of `cost-by-service.parquet`. */
export interface ServiceRow {
  readonly date: string;
  readonly service: string;
  readonly usageType: string;
  readonly category: string;
  readonly cost: number;
  /** `null` where the unit is unknown or mixed. */
  readonly quantity: number | null;
  /** Empty where it is unknown or mixed. */
  readonly unit: string;
}

/** The rows of `cost-by-service.parquet`, added one by one to columns. */
export class ServiceTable {
  readonly #date = new GrowingTexts();
  readonly #service = new GrowingTexts();
  readonly #usageType = new GrowingTexts();
  readonly #category = new GrowingTexts();
  readonly #cost = new GrowingNumbers();
  readonly #quantity = new GrowingNumbers();
  readonly #unit = new GrowingTexts();
  #rows = 0;

  /** @throws RangeError when cost or quantity is not finite; nothing is added then */
  push({ date, service, usageType, category, cost, quantity, unit }: ServiceRow): void {
    finite("cost_usd", this.#rows, cost);
    if (quantity !== null) finite("usage_quantity", this.#rows, quantity);
    this.#date.push(date);
    this.#service.push(service);
    this.#usageType.push(usageType);
    this.#category.push(category);
    this.#cost.push(cost);
    this.#quantity.push(quantity);
    this.#unit.push(unit);
    this.#rows += 1;
  }

  columns(): ServiceColumns {
    return {
      columns: serviceColumns,
      rows: this.#rows,
      data: {
        date: this.#date.column(),
        service: this.#service.column(),
        usage_type: this.#usageType.column(),
        category: this.#category.column(),
        cost_usd: this.#cost.column(),
        usage_quantity: this.#quantity.column(),
        unit: this.#unit.column(),
      },
    };
  }
}

/** An empty table of costs by workload. */
export const workloadTable = () => new WorkloadTable();

/** An empty table of costs by usage type. */
export const usageTypeTable = () => new UsageTypeTable();

// One NaN would poison every sum that a reader makes.
function finite(column: string, row: number, value: number): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Row ${row} carries ${value} as ${column}; only a finite number is published.`);
  }
}
