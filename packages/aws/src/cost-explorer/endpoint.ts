import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import { serviceDomain } from "../partition.ts";

/** Where the Cost Explorer of a partition is: it has one endpoint for all regions of the partition. */
export interface CostExplorerEndpoint {
  readonly region: string;
  readonly host: string;
}

const endpointIn = (region: string): CostExplorerEndpoint => ({
  region,
  host: `ce.${region}.${serviceDomain(region)}`,
});

/** The endpoint of a region's partition; without a region that of the standard one. `null` for GovCloud, which has none. */
export function endpointOf(region: string | null): CostExplorerEndpoint | null {
  if (region?.startsWith("us-gov-")) return null;
  return endpointIn(region?.startsWith("cn-") ? "cn-northwest-1" : "us-east-1");
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

/** What credentials of another partition need, as a sentence: to the standard one they are unknown. */
export const OTHER_PARTITION = "Credentials of an AWS account in China need AWS_REGION=cn-northwest-1.";
