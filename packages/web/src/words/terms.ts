/** A business word that the page uses: what it means, and how its figure is computed. */
export interface Term {
  readonly title: string;
  readonly meaning: string;
  readonly formula?: string;
}

/** The words of the page. Each is explained where it stands, in a note that opens on demand. */
export const terms = {
  workload: {
    title: "Workload",
    meaning:
      "What runs under one value of the tag by which the organisation tells its systems apart, usually App.",
  },
  costCenter: {
    title: "Cost center",
    meaning: "Who pays: one value of the Cost Category that is kept in the AWS billing console.",
    formula: "direct cost + allocated shared cost",
  },
  untagged: {
    title: "Untagged",
    meaning:
      "Charges that carry no workload tag: somebody's, but the bill does not say whose. Tax and fees cannot carry one.",
  },
  uncategorized: {
    title: "Uncategorized",
    meaning: "Charges that no rule of the Cost Category gives to a cost center.",
  },
  total: {
    title: "Total",
    meaning:
      "Everything that AWS charges for the period, credits and tax included, as Cost Explorer answers it.",
  },
  sameDays: {
    title: "The same days of the month before",
    meaning:
      "A month that still runs is compared with as many days of the month before, so that like stands against like.",
    formula: "cost so far − cost of the same days",
  },
  forecast: {
    title: "Where the month will end",
    meaning: "What AWS expects for the days that remain, added to what was spent so far.",
    formula: "so far + AWS's forecast of the remaining days",
  },
  average: {
    title: "Three-month average",
    meaning: "Of a closed month and the two before it. A running month gets none and changes none.",
    formula: "(month + month before + the one before that) ÷ 3",
  },
  direct: {
    title: "Direct",
    meaning: "What the cost center's own charges cost, before shared costs were moved.",
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
    meaning:
      "Changes worth a look: neither a large percentage of very little, nor a ripple on something large.",
    formula: "at least 10 % of what it was, and at least 1 % of the whole bill",
  },
  storageCost: {
    title: "Storage cost",
    meaning:
      "What keeping bytes costs in the storage services that are counted. Requests and transfer are not in it.",
  },
  costPerTb: {
    title: "Cost per TB",
    meaning: "What a terabyte (2^40 bytes) costs for a month. In a running month it is a full month's rate.",
    formula: "storage cost ÷ volume",
  },
  volume: {
    title: "Volume",
    meaning:
      "Bytes kept, on average over the period. A running month is scaled to the days that have passed.",
  },
  hotShare: {
    title: "Hot share",
    meaning:
      "How much of the volume lies in tiers made for frequent access. A high share of rarely read data is money lost.",
    formula:
      "(S3 Standard + Intelligent-Tiering frequent access + EFS Standard + EBS SSD) ÷ volume, as counted",
  },
  coverage: {
    title: "Tagging coverage",
    meaning:
      "How much of the cost that can carry a tag does carry one. Tax, fees and credits cannot, and are left out.",
    formula: "tagged ÷ (tagged + untagged)",
  },
  reconciled: {
    title: "Reconciled to AWS",
    meaning:
      "The parts were added up and held against AWS's own ungrouped total before anything was published.",
    formula: "AWS's total − sum of cost centers",
  },
  estimated: {
    title: "Estimate",
    meaning: "AWS has not issued the invoice yet and may still revise its figures.",
  },
  collection: {
    title: "What the last collection cost",
    meaning: "AWS charges $0.01 for each page of an answer that it gives about costs.",
    formula: "(pages + other requests) × $0.01",
  },
  usageType: {
    title: "Usage type",
    meaning: "AWS's own word for what was used, with its region in front. Beside it stands what it means.",
  },
  category: {
    title: "Category",
    meaning: "What a charge is for: Storage, Compute, Support, or Other.",
  },
  quantity: {
    title: "Quantity",
    meaning:
      "How much was used. The unit is told by the usage type; n/a where AWS mixes units or gives none.",
  },
  unitPrice: {
    title: "Effective unit price",
    meaning: "What one unit came to on average, discounts and free tiers included.",
    formula: "cost ÷ quantity",
  },
  price: {
    title: "Price",
    meaning: "The same use at another price. What has no quantity, such as a fee, counts here as a whole.",
    formula: "cost now − (quantity now × unit price before)",
  },
  quantityEffect: {
    title: "Quantity",
    meaning: "More or less use at the price of before.",
    formula: "(quantity now − quantity before) × unit price before",
  },
  appeared: {
    title: "New",
    meaning: "Usage types that had no cost before.",
  },
  gone: {
    title: "Gone",
    meaning: "Usage types that have no cost any more.",
  },
  revised: {
    title: "Revised",
    meaning:
      "AWS revises a month for days after it closed. Each total that was published before is kept here.",
  },
} as const satisfies Record<string, Term>;

export type TermName = keyof typeof terms;
