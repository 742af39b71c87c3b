export { type ListedPrices, type PriceList, type PriceListAccess, priceList } from "./price-list.ts";
export { PriceListError } from "./price-list-error.ts";
