/** Usage types and what is told by them: category, storage tier, quantities with their units. Pure. */
export { type Categorised, type Category, categories, categorise } from "./category.ts";
export { type CategoryRow, categoryTable } from "./category-table.ts";
export { friendlyName } from "./friendly-name.ts";
export {
  addQuantities,
  isQuantity,
  type MixedUnits,
  parseQuantity,
  type Quantity,
  QuantityError,
  type QuantitySum,
  quantityToNumber,
  sumQuantities,
} from "./quantity.ts";
export { type StorageService, type StorageTier, storageService, storageTier } from "./storage-tier.ts";
export { isUnknownUnit, type MonthShare, storedBytes, type UnknownUnit } from "./stored-bytes.ts";
export { parseUsageType, type UsageType } from "./usage-type.ts";
