/** Usage types, their categories and storage tiers, and quantities with their units. */
export { type Categorised, categorise } from "./category.ts";
export { categoryTable } from "./category-table.ts";
export { type Category, categories } from "./charge-category.ts";
export { friendlyName } from "./friendly-name.ts";
export { parseQuantity, plainUnit, type Quantity, QuantityError, quantityToNumber } from "./quantity.ts";
export { serviceKey } from "./service.ts";
export {
  type StorageService,
  type StorageTier,
  storageService,
  storageServiceOf,
  storageTier,
} from "./storage-tier.ts";
export { type MonthShare, storedBytes, type UnknownUnit } from "./stored-bytes.ts";
export { parseUsageType, type UsageType } from "./usage-type.ts";
