import { monthly, usage } from "../charge.ts";
import { chargedType } from "./charged-type.ts";

const usageOf = (name: string, family: string, unit: string, key: string) =>
  monthly(name, "AmazonS3", family, unit, usage(key));

/** The keys of the usage file are those of the Standard storage class. */
export const s3Types = [
  chargedType("aws_s3_bucket", (bucket) => {
    bucket.note("Priced as S3 Standard: other storage classes, retrievals and data transfer are not priced.");
    return [
      usageOf("Storage", "TimedStorage-ByteHrs", "GB-Mo", "standard.storage_gb"),
      usageOf(
        "Requests that write or list",
        "Requests-Tier1",
        "Requests",
        "standard.monthly_tier_1_requests",
      ),
      usageOf("Requests that read", "Requests-Tier2", "Requests", "standard.monthly_tier_2_requests"),
    ];
  }),
  chargedType("aws_s3_bucket_analytics_configuration", () => [
    usageOf("Objects monitored", "StorageAnalytics-ObjCount", "Objects", "monthly_monitored_objects"),
  ]),
  chargedType("aws_s3_bucket_inventory", () => [
    usageOf("Objects listed", "Inventory-ObjectsListed", "Objects", "monthly_listed_objects"),
  ]),
];
