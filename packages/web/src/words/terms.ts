/** A business term of the page: what it means, and how its figure is computed. */
export interface Term {
  readonly title: string;
  readonly meaning: string;
  readonly formula?: string;
}

/** The terms of the page. Each explains itself in a note that the reader opens. */
export const terms = {
  workload: {
    title: "Workload",
    meaning: "The resources that have one value of the workload tag, usually App.",
  },
  costCenter: {
    title: "Cost center",
    meaning: "Who pays: one value of the cost category.",
    formula: "direct cost + allocated shared cost",
  },
  untagged: {
    title: "Untagged",
    meaning:
      "Charges without a workload tag. The bill does not say which workload caused them. Tax and fees cannot carry a tag.",
  },
  uncategorized: {
    title: "Uncategorized",
    meaning: "Charges that no rule of the cost category assigns to a cost center.",
  },
  total: {
    title: "Total",
    meaning: "Everything that is charged for the period, credits and tax included, as the bill has it.",
  },
  sameDays: {
    title: "The same days of the month before",
    meaning: "A running month is compared with the same number of days of the month before.",
    formula: "cost so far − cost of the same days",
  },
  forecast: {
    title: "Forecast for the month",
    meaning:
      "The cost so far, plus what is expected for the remaining days: of a bill from Cost Explorer, AWS's own forecast. Budgets have a forecast of ours, so the two differ.",
    formula: "so far + forecast of the remaining days",
  },
  average: {
    title: "Three-month average",
    meaning:
      "The average of a closed month and the two months before it. A running month has no average and is in none.",
    formula: "(month + month before + the one before that) ÷ 3",
  },
  direct: {
    title: "Direct",
    meaning: "The cost of the cost center's own charges, before shared costs were moved.",
  },
  allocated: {
    title: "Allocated",
    meaning: "Shared cost that a split charge rule moved in; negative where it was moved out.",
    formula: "total − direct",
  },
  mover: {
    title: "Biggest mover",
    meaning: "The workload of this cost center whose cost changed most, up or down.",
  },
  significant: {
    title: "Significant",
    meaning: "A change that is large both for the row and for the whole bill.",
    formula: "at least 10 % of what it was, and at least 1 % of the whole bill",
  },
  storageCost: {
    title: "Storage cost",
    meaning: "The cost of stored data in the counted storage services, without requests and transfer.",
  },
  costPerTb: {
    title: "Cost per TB",
    meaning: "The cost of a terabyte (2^40 bytes) for a whole month, also while the month is running.",
    formula: "storage cost ÷ volume",
  },
  volume: {
    title: "Volume",
    meaning: "Stored bytes, on average over the period. In a running month, over the days that have passed.",
  },
  hotShare: {
    title: "Hot share",
    meaning:
      "The share of the volume in tiers for frequent access. Data that is rarely read is cheaper in other tiers.",
    formula:
      "(S3 Standard + Intelligent-Tiering frequent access + EFS Standard + EBS SSD) ÷ volume, as counted",
  },
  coverage: {
    title: "Tagging coverage",
    meaning:
      "The share of the taggable cost that carries the tag. Tax, fees, support, credits and refunds are charged to the account and left out.",
    formula: "tagged ÷ (tagged + untagged)",
  },
  reconciled: {
    title: "Reconciled",
    meaning: "Before publication, the sum of the parts was compared with the bill's own ungrouped total.",
    formula: "the bill's total − sum of cost centers",
  },
  estimated: {
    title: "Estimate",
    meaning: "The invoice has not been issued yet, and the figures may be revised.",
  },
  collection: {
    title: "What the last collection cost",
    meaning: "AWS charges $0.01 for each page of a Cost Explorer answer.",
    formula: "(pages + other requests) × $0.01",
  },
  usageType: {
    title: "Usage type",
    meaning: "The bill's own name for what was used, with the region in front, and its meaning.",
  },
  category: {
    title: "Category",
    meaning: "What a charge is for: Storage, Compute, Support, or Other.",
  },
  quantity: {
    title: "Quantity",
    meaning:
      "The amount used. The usage type determines the unit; n/a where the bill mixes units or gives none.",
  },
  unitPrice: {
    title: "Effective unit price",
    meaning: "The average cost of one unit, with discounts and free tiers.",
    formula: "cost ÷ quantity",
  },
  price: {
    title: "Price",
    meaning:
      "The part of the change that a different unit price caused. Charges without a quantity, such as fees, count here.",
    formula: "cost now − (quantity now × unit price before)",
  },
  quantityEffect: {
    title: "Quantity",
    meaning: "The part of the change that more or less usage caused, at the unit price before.",
    formula: "(quantity now − quantity before) × unit price before",
  },
  appeared: {
    title: "New",
    meaning: "Usage types that had no cost before.",
  },
  gone: {
    title: "Gone",
    meaning: "Usage types that have no cost now.",
  },
  revised: {
    title: "Revised",
    meaning:
      "A month is revised for some days after it closed. The page of published months lists each earlier total.",
  },
  monthlyCost: {
    title: "A month",
    meaning:
      "A month of 730 hours, as AWS itself counts it in its price calculator. Usage is that of a month.",
    formula: "quantity of a month × price of a unit",
  },
  observedPrice: {
    title: "Paid by this account",
    meaning: "What a unit really cost this account, with its discounts, from the published figures.",
    formula: "cost ÷ quantity",
  },
  listPrice: {
    title: "List price",
    meaning: "What AWS charges without discounts. It is used where this account has paid for nothing alike.",
  },
  openPlan: {
    title: "Open plan",
    meaning:
      "The newest plan of a project, which was neither applied nor dropped. A newer plan of the project supersedes it.",
  },
  usedShare: {
    title: "Used",
    meaning: "What the period has cost so far, as the published figures have it.",
    formula: "cost so far ÷ limit",
  },
  budgetForecast: {
    title: "Forecast",
    meaning:
      "What the period is expected to cost as a whole, by its complete days: a forecast of ours, as in the daily report, and not AWS's own forecast of the overview. The 80 % range is from how far off forecasts of this bill were.",
  },
  costDrift: {
    title: "Changes the cost",
    meaning: "Somebody changed or deleted what decides the price of a resource, such as its instance type.",
    formula: "cost as it is now − cost as it is configured",
  },
  allocationDrift: {
    title: "Moves cost",
    meaning:
      "The tag that names the workload changed, so the cost of the resource moves to another workload or cost center.",
  },
  oneTime: {
    title: "Once",
    meaning: "Charged once, when the plan is applied. It is not in the amounts of a month.",
  },
} as const satisfies Record<string, Term>;

export type TermName = keyof typeof terms;
