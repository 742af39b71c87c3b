import type { Day } from "../../calendar/index.ts";

/** The version of the format. A reader refuses any other. */
export const PRICE_BOOK_SCHEMA = 1;

/** List prices as plain JSON: the book that is shipped, or the file that `dapanoskop prices update` writes. */
export interface PriceBook {
  readonly schema: typeof PRICE_BOOK_SCHEMA;
  /** When the book was made. */
  readonly date: Day;
  /** (`service`, `usageFamily`, `region`, `operation`) is unique. */
  readonly entries: readonly BookEntry[];
}

/** The list price of a usage type in one region. */
export interface BookEntry {
  /** The service code of AWS's price list: `AmazonEC2`. */
  readonly service: string;
  /** The usage type without its region prefix: `NatGateway-Hours`. */
  readonly usageFamily: string;
  /** `eu-central-1`; `global` for what AWS bills without a region; CloudFront's code of an edge area, such as `US`. */
  readonly region: string;
  /** `null`: the price is the same for every operation of the usage type. */
  readonly operation: string | null;
  readonly currency: string;
  /** The unit of a bill: `Hrs`, `GB-Mo`, `Requests`. */
  readonly unit: string;
  /** By a month's quantity, ascending, the first from 0. */
  readonly tiers: readonly [BookTier, ...BookTier[]];
  /** Who publishes the price: an address, or a file with its version. */
  readonly source: string;
  /** On this day the source had the price. */
  readonly date: Day;
}

export interface BookTier {
  /** A quantity of the unit as a decimal text: `"10240"`. */
  readonly from: string;
  /** Of one unit, as a decimal text: `"0.045"`. */
  readonly price: string;
}
