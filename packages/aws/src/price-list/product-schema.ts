import type { PricedUsage } from "@dapanoskop/core/pricing";
import * as v from "valibot";
import { CHECK_PROXY } from "../transport/index.ts";
import { PriceListError } from "./price-list-error.ts";

const Decimal = v.pipe(v.string(), v.regex(/^\d{1,20}(\.\d{1,24})?$/));
const Dimension = v.object({
  unit: v.string(),
  beginRange: v.nullish(v.string(), "0"),
  /** By currency: `USD`, in China `CNY`. */
  pricePerUnit: v.record(v.string(), v.string()),
});
const Term = v.object({
  effectiveDate: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T/)),
  priceDimensions: v.record(v.string(), Dimension),
});
const ListedProduct = v.object({
  serviceCode: v.string(),
  version: v.nullish(v.string(), "unknown"),
  product: v.object({
    attributes: v.object({
      usagetype: v.nullish(v.string(), ""),
      operation: v.nullish(v.string(), ""),
      regionCode: v.nullish(v.string(), ""),
    }),
  }),
  /** Reserved terms are not read. */
  terms: v.object({ OnDemand: v.nullish(v.record(v.string(), Term)) }),
});

/** A product of the price list: a usage type, an operation and its prices. */
export type Product = v.InferOutput<typeof ListedProduct>;
export type ProductTerm = v.InferOutput<typeof Term>;

/** Whether a text of the price list is an amount: plain digits. */
export const isDecimal = (text: string): boolean => v.is(Decimal, text);

/** AWS answers with each product as a text that is JSON, which the SDK gives as an object around the text. @throws PriceListError */
export function productsOf(texts: readonly unknown[], usage: PricedUsage): readonly Product[] {
  return texts.map((text) => {
    try {
      return v.parse(ListedProduct, JSON.parse(String(text)));
    } catch (cause) {
      throw new PriceListError(usage, `the answer is not one of AWS's price list. ${CHECK_PROXY}`, cause);
    }
  });
}
