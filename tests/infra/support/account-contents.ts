interface AccountCall {
  readonly service: string;
  readonly region: string;
  /** Of a GET. */
  readonly path?: string;
  /** `X-Amz-Target` of a JSON service, and its body. */
  readonly target?: string;
  readonly json?: object;
  /** Body of a service that takes forms. */
  readonly form?: string;
}

const HOME = ["eu-central-1"];
const BOTH = ["eu-central-1", "us-east-1"];

/** A list request for every kind of named resource in the system outside CloudFront, and the names in its response. */
const LISTS: readonly (readonly [
  regions: readonly string[],
  request: Omit<AccountCall, "region">,
  names: RegExp,
])[] = [
  [HOME, { service: "s3", path: "/" }, /<Bucket>.*?<Name>([^<]+)/gs],
  [["us-east-1"], { service: "iam", form: "Action=ListRoles&Version=2010-05-08" }, /<RoleName>([^<]+)/g],
  [HOME, { service: "lambda", path: "/2015-03-31/functions" }, /"FunctionName": ?"([^"]+)/g],
  [HOME, { service: "dynamodb", target: "DynamoDB_20120810.ListTables" }, /"TableNames": ?\["([^"]+)/g],
  [HOME, { service: "events", target: "AWSEvents.ListRules" }, /"Name": ?"([^"]+)/g],
  [HOME, { service: "sqs", target: "AmazonSQS.ListQueues" }, /"(http[^"]+)"/g],
  [HOME, { service: "apigateway", path: "/v2/apis" }, /"name": ?"([^"]+)/g],
  [HOME, { service: "kms", target: "TrentService.ListAliases" }, /"(alias\/(?!aws\/)[^"]+)/g],
  [HOME, { service: "ssm", target: "AmazonSSM.DescribeParameters" }, /"Name": ?"([^"]+)/g],
  [HOME, { service: "logs", target: "Logs_20140328.DescribeLogGroups" }, /"logGroupName": ?"([^"]+)/g],
  [BOTH, { service: "monitoring", form: "Action=DescribeAlarms" }, /<AlarmName>([^<]+)/g],
  [BOTH, { service: "monitoring", form: "Action=ListDashboards" }, /<DashboardName>([^<]+)/g],
  [BOTH, { service: "sns", form: "Action=ListTopics" }, /<TopicArn>([^<]+)/g],
];

/** The contents of the account at a URL, as `service region name`. Of user pools, which existed before, only the clients count. */
export async function accountContents(url: string): Promise<readonly string[]> {
  const lists = LISTS.flatMap(([regions, request, names]) =>
    regions.map(async (region) =>
      [...(await send(url, { ...request, region })).matchAll(names)].map(
        ([, name]) => `${request.service} ${region} ${name}`,
      ),
    ),
  );
  return (await Promise.all([...lists, userPoolClients(url)])).flat();
}

async function userPoolClients(url: string): Promise<readonly string[]> {
  const { UserPools } = await cognito(url, "ListUserPools", { MaxResults: 60 });
  const lists = UserPools.map(({ Id: UserPoolId }: { readonly Id: string }) =>
    cognito(url, "ListUserPoolClients", { UserPoolId }),
  );
  const clients = (await Promise.all(lists)).flatMap(({ UserPoolClients }) => UserPoolClients);
  return clients.map(({ UserPoolId, ClientName }) => `cognito-idp ${UserPoolId} ${ClientName}`);
}

/** Creates the user pool that an adopter has before the module; its id. */
export const createUserPool = async (url: string): Promise<string> =>
  (await cognito(url, "CreateUserPool", { PoolName: "people" })).UserPool.Id;

/** The mail addresses of a pool's users, sorted. */
export async function usersOf(url: string, pool: string): Promise<readonly string[]> {
  const { Users } = await cognito(url, "ListUsers", { UserPoolId: pool });
  const attributes = Users.flatMap(
    (one: { Attributes: readonly { Name: string; Value: string }[] }) => one.Attributes,
  );
  return attributes
    .filter(({ Name }: { Name: string }) => Name === "email")
    .map(({ Value }: { Value: string }) => Value)
    .sort();
}

/** As `aws dynamodb update-table --no-deletion-protection-enabled`. */
export const allowTableDeletion = (url: string, name: string): Promise<string> =>
  send(url, {
    service: "dynamodb",
    region: "eu-central-1",
    target: "DynamoDB_20120810.UpdateTable",
    json: { TableName: name, DeletionProtectionEnabled: false },
  });

const cognito = async (url: string, action: string, json: object) => {
  const target = `AWSCognitoIdentityProviderService.${action}`;
  return JSON.parse(await send(url, { service: "cognito-idp", region: "eu-central-1", target, json }));
};

async function send(url: string, request: AccountCall): Promise<string> {
  const { service, region, path, target = "", json = {}, form } = request;
  // moto does not check the signature; its scope says which service and region the request is for.
  const authorization = `AWS4-HMAC-SHA256 Credential=any/20260101/${region}/${service}/aws4_request, Signature=any`;
  const type = form === undefined ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded";
  const post = {
    method: "POST",
    headers: { authorization, "content-type": type, "x-amz-target": target },
    body: form ?? JSON.stringify(json),
  };
  const response = await fetch(
    url + (path ?? "/"),
    path === undefined ? post : { headers: { authorization } },
  );
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} ${target || form || path}: ${response.status} ${text}`);
  return text;
}
