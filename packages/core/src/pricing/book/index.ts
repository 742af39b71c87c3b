export { bookUnits, bookUsages, firstRate, type PricedUsage } from "./book-usages.ts";
export { PriceBookError, parsePriceBook, priceBookText } from "./parse-price-book.ts";
export type { BookEntry, BookTier, PriceBook } from "./price-book.ts";
export { PRICE_BOOK_SCHEMA } from "./price-book.ts";
export { priceBook } from "./rate-source.ts";
export { shippedBook } from "./shipped.ts";
