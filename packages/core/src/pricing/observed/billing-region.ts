/**
 * AWS's regions by the code that a usage type begins with.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html, and for GovCloud and China
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html. EUW1 and CPT are spellings on bills.
 */
const REGIONS: ReadonlyMap<string, string> = new Map([
  ["USE1", "us-east-1"],
  ["USE2", "us-east-2"],
  ["USW1", "us-west-1"],
  ["USW2", "us-west-2"],
  ["UGE1", "us-gov-east-1"],
  ["UGW1", "us-gov-west-1"],
  ["CAN1", "ca-central-1"],
  ["CAN2", "ca-west-1"],
  ["MXC1", "mx-central-1"],
  ["SAE1", "sa-east-1"],
  ["AFS1", "af-south-1"],
  ["CPT", "af-south-1"],
  ["APE1", "ap-east-1"],
  ["APE2", "ap-east-2"],
  ["APN1", "ap-northeast-1"],
  ["APN2", "ap-northeast-2"],
  ["APN3", "ap-northeast-3"],
  ["APS1", "ap-southeast-1"],
  ["APS2", "ap-southeast-2"],
  ["APS3", "ap-south-1"],
  ["APS4", "ap-southeast-3"],
  ["APS5", "ap-south-2"],
  ["APS6", "ap-southeast-4"],
  ["APS7", "ap-southeast-5"],
  ["APS8", "ap-southeast-6"],
  ["APS9", "ap-southeast-7"],
  ["CNN1", "cn-north-1"],
  ["CNW1", "cn-northwest-1"],
  ["EU", "eu-west-1"],
  ["EUW1", "eu-west-1"],
  ["EUW2", "eu-west-2"],
  ["EUW3", "eu-west-3"],
  ["EUC1", "eu-central-1"],
  ["EUC2", "eu-central-2"],
  ["EUN1", "eu-north-1"],
  ["EUS1", "eu-south-1"],
  ["EUS2", "eu-south-2"],
  ["ILC1", "il-central-1"],
  ["MEC1", "me-central-1"],
  ["MES1", "me-south-1"],
]);

const LONG_REGION = /^[a-z]{2}(?:-gov|-iso[bef]?)?-[a-z]+-\d$/;

/**
 * The region of a usage type, by the codes that `parseUsageType` finds: `global` where AWS bills without a region, us-east-1 where
 * there is no code. `null` for a code of no known region, such as that of a local zone, and for two: a transfer between regions.
 */
export function billingRegion(codes: readonly string[]): string | null {
  const [code, ...others] = codes;
  if (code === undefined) return "us-east-1";
  if (others.length > 0) return null;
  if (/^(?:global|any|noregion)$/i.test(code)) return "global";
  return REGIONS.get(code.toUpperCase()) ?? (LONG_REGION.test(code) ? code : null);
}
