import { GetCallerIdentityCommand, STSClient, STSServiceException } from "@aws-sdk/client-sts";
import { ask, clientOf, type DeploymentAccess } from "./request.ts";

/** Where the credentials of this terminal work. */
export interface AccountPlace {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly partition: string;
}

/**
 * The account of the credentials, and the region that requests go to. One request to STS, which needs no permission.
 * @throws DeploymentError
 */
export async function accountPlace(access: DeploymentAccess): Promise<AccountPlace> {
  const client = new STSClient(clientOf(access));
  const asked = {
    what: "find out which account this is",
    permission: "sts:GetCallerIdentity",
    service: "STS",
    errors: STSServiceException,
  };
  const answer = await ask(asked, (options) => client.send(new GetCallerIdentityCommand({}), options));
  const partition = answer?.Arn?.split(":")[1] ?? "aws";
  return { account: answer?.Account ?? "", region: await client.config.region(), partition };
}
