import { categorise } from "./category.ts";
import { serviceKey } from "./service.ts";
import { parseUsageType } from "./usage-type.ts";

/** The storage services whose volume and cost are counted: S3 always, EFS and EBS when configured. */
export type StorageService = "S3" | "EFS" | "EBS";

/** Where stored bytes lie. */
export interface StorageTier {
  readonly service: StorageService;
  readonly tier: string; // as people call it: "Standard", "Glacier Instant Retrieval", "gp3"
  readonly hot: boolean; // counts into the hot share: S3 Standard, Intelligent-Tiering Frequent Access, EFS Standard, EBS SSDs
}

/**
 * The tier of a usage type that is *stored volume*, else `null`: bytes over time, such as GB-months, in S3, EFS or on EBS
 * volumes. Early delete, tags, provisioned IOPS and throughput, I/O, requests, retrieval and monitoring are never
 * volume, at any cost. Nor are EBS snapshots: the hot share is of volumes, and a snapshot is neither hot nor
 * cold; they are cost of EBS (see {@link storageService}).
 *
 * `TimedStorage-ByteHrs` is the same text for S3, EFS, CloudWatch Logs, ECR and DynamoDB, so a service of `null` has
 * a tier only where the words belong to one service alone: `EBS:…`, and S3's own classes such as `…-SIA-…`.
 */
export function storageTier(service: string | null, usageType: string): StorageTier | null {
  const { family } = parseUsageType(usageType.slice(0, longestUsageType));
  const key = serviceKey(service);
  if (family.startsWith("EBS:")) return key === "ec2" || service === null ? ebsTier(family) : null;
  if (key === "s3") return s3Tier(family);
  if (key === "efs") return efsTier(family);
  // Glacier's own vaults are not S3, but objects of S3's Glacier classes have been billed under its name.
  if (key === "glacier" || service === null) return s3ClassOf(family, s3OnlyClasses);
  return null;
}

/**
 * Which counted storage a charge's cost belongs to: category Storage of S3, of EFS, or of EBS (volumes, their provisioned
 * IOPS and throughput, snapshots). `null` for every other charge, also for S3's requests and transfer.
 */
export function storageService(service: string | null, usageType: string): StorageService | null {
  if (categorise(service, usageType).category !== "Storage") return null;
  const tier = storageTier(service, usageType);
  if (tier !== null) return tier.service;
  const { family } = parseUsageType(usageType.slice(0, longestUsageType));
  const key = serviceKey(service);
  if (family.startsWith("EBS:")) return key === "ec2" || service === null ? "EBS" : null;
  if (key === "s3") return "S3";
  return key === "efs" ? "EFS" : null;
}

/** Which counted storage a service is, whatever its usage types say; EBS is billed by EC2. `null`: none. */
export function storageServiceOf(service: string): StorageService | null {
  const key = serviceKey(service);
  if (key === "s3") return "S3";
  if (key === "efs") return "EFS";
  return key === "ec2" ? "EBS" : null;
}

const longestUsageType = 256;

interface StorageClass {
  readonly family: RegExp;
  readonly tier: string;
  readonly hot: boolean;
}

/**
 * S3's classes by what follows `TimedStorage-`. Staging (parts of unfinished uploads), small objects (billed up to their
 * minimum size) and overhead belong to the class they are named after.
 */
const s3OnlyClasses: readonly StorageClass[] = [
  { family: /^TimedStorage-INT-FA(?:-|$)/i, tier: "Intelligent-Tiering Frequent Access", hot: true },
  { family: /^TimedStorage-INT-IA(?:-|$)/i, tier: "Intelligent-Tiering Infrequent Access", hot: false },
  { family: /^TimedStorage-INT-AIA(?:-|$)/i, tier: "Intelligent-Tiering Archive Instant Access", hot: false },
  { family: /^TimedStorage-INT-AA(?:-|$)/i, tier: "Intelligent-Tiering Archive Access", hot: false },
  { family: /^TimedStorage-INT-DAA(?:-|$)/i, tier: "Intelligent-Tiering Deep Archive Access", hot: false },
  { family: /^TimedStorage-SIA(?:-|$)/i, tier: "Standard-IA", hot: false },
  { family: /^TimedStorage-ZIA(?:-|$)/i, tier: "One Zone-IA", hot: false },
  { family: /^TimedStorage-GIR(?:-|$)/i, tier: "Glacier Instant Retrieval", hot: false },
  { family: /^TimedStorage-Glacier/i, tier: "Glacier Flexible Retrieval", hot: false },
  { family: /^TimedStorage-GDA(?:-|$)/i, tier: "Glacier Deep Archive", hot: false },
  { family: /^TimedStorage-XZ(?:-|$)/i, tier: "Express One Zone", hot: false },
  { family: /^TimedStorage-RRS(?:-|$)/i, tier: "Reduced Redundancy", hot: false },
];

const s3Classes: readonly StorageClass[] = [
  { family: /^TimedStorage-(?:ByteHrs|GigabyteHrs)$/i, tier: "Standard", hot: true },
  ...s3OnlyClasses,
  // Kinds of bucket and metadata with prices of their own, for any storage class.
  { family: /^Tables-TimedStorage-/i, tier: "Tables", hot: false },
  { family: /^Vectors-TimedStorage-/i, tier: "Vectors", hot: false },
];

function s3Tier(family: string): StorageTier | null {
  const known = s3ClassOf(family, s3Classes);
  if (known !== null) return known;
  // A class or kind that came after this table is volume under AWS's own word, and not hot.
  const parts = /^(?:([A-Za-z]{1,30})-)?TimedStorage-([A-Za-z0-9-]{1,60})$/.exec(family);
  if (parts === null) return null;
  const [, kind, storageClass = ""] = parts;
  const bare = storageClass.replace(/-?(?:ByteHrs|SmObjects|Staging|Overhead)$/i, "");
  return { service: "S3", tier: kind ?? (bare || storageClass), hot: false };
}

function s3ClassOf(family: string, classes: readonly StorageClass[]): StorageTier | null {
  const found = classes.find((known) => known.family.test(family));
  return found === undefined ? null : { service: "S3", tier: found.tier, hot: found.hot };
}

/** One Zone (`-Z-`) and elastic throughput (`-ET-`) are the same classes at another price. Small files are volume, billed up to a minimum. */
const efsClasses: readonly StorageClass[] = [
  { family: /^TimedStorage-/i, tier: "Standard", hot: true },
  { family: /^IA-?TimedStorage-/i, tier: "Infrequent Access", hot: false },
  { family: /^Archive-?TimedStorage-/i, tier: "Archive", hot: false },
];

function efsTier(family: string): StorageTier | null {
  const found = efsClasses.find((known) => known.family.test(family));
  return found === undefined ? null : { service: "EFS", tier: found.tier, hot: found.hot };
}

const hotVolumes: ReadonlySet<string> = new Set(["gp2", "gp3", "io1", "io2"]);

/** `EBS:VolumeUsage` alone is the magnetic `standard`; io1 is spelled `piops`. */
function ebsTier(family: string): StorageTier | null {
  const found = /^EBS:VolumeUsage(?:\.([a-z0-9]{1,20}))?$/i.exec(family);
  if (found === null) return null;
  const written = found[1]?.toLowerCase() ?? "standard";
  const tier = written === "piops" ? "io1" : written;
  return { service: "EBS", tier, hot: hotVolumes.has(tier) };
}
