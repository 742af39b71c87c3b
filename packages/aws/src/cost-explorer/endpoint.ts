import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";

/** Where the Cost Explorer of a partition is: it has one endpoint for all regions of the partition. */
export interface CostExplorerEndpoint {
  readonly region: string;
  readonly host: string;
}

const STANDARD: CostExplorerEndpoint = { region: "us-east-1", host: "ce.us-east-1.amazonaws.com" };
const CHINA: CostExplorerEndpoint = {
  region: "cn-northwest-1",
  host: "ce.cn-northwest-1.amazonaws.com.cn",
};

/** The endpoint of a region's partition; without a region that of the standard one. `null` for GovCloud, which has none. */
export function endpointOf(region: string | null): CostExplorerEndpoint | null {
  if (region?.startsWith("us-gov-")) return null;
  return region?.startsWith("cn-") ? CHINA : STANDARD;
}

/** The region that the SDK finds in the environment or the profile; `null` where none is set. */
export async function configuredRegion(): Promise<string | null> {
  const client = new CostExplorerClient({});
  try {
    return await client.config.region();
  } catch {
    return null;
  } finally {
    client.destroy();
  }
}

/** What to do in GovCloud, as a sentence. */
export const GOVCLOUD =
  "AWS GovCloud (US) has no Cost Explorer: its costs are in the standard AWS account that is linked with it. Collect there, " +
  "with credentials of that account and AWS_REGION=us-east-1.";

/** What credentials of another partition need, as a sentence. */
export const OTHER_PARTITION = "Credentials of an AWS account in China need AWS_REGION=cn-northwest-1.";
