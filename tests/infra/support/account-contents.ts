/** A request to a service that answers lists, and the names in its answer. */
interface Listing {
  readonly service: string;
  readonly regions: readonly string[];
  readonly path?: string;
  /** `X-Amz-Target` of a JSON service. */
  readonly target?: string;
  /** Body of a service that is asked by a form. */
  readonly form?: string;
  readonly names: RegExp;
}

const HOME = ["eu-central-1"];
const BOTH = ["eu-central-1", "us-east-1"];

/** Every kind of thing with a name of its own that the system is made of, apart from what CloudFront holds. */
const listings: readonly Listing[] = [
  { service: "s3", regions: HOME, path: "/", names: /<Bucket>.*?<Name>([^<]+)/gs },
  {
    service: "iam",
    regions: ["us-east-1"],
    form: "Action=ListRoles&Version=2010-05-08",
    names: /<RoleName>([^<]+)/g,
  },
  { service: "lambda", regions: HOME, path: "/2015-03-31/functions", names: /"FunctionName": ?"([^"]+)/g },
  { service: "events", regions: HOME, target: "AWSEvents.ListRules", names: /"Name": ?"([^"]+)/g },
  { service: "sqs", regions: HOME, target: "AmazonSQS.ListQueues", names: /"(http[^"]+)"/g },
  { service: "kms", regions: HOME, target: "TrentService.ListAliases", names: /"(alias\/(?!aws\/)[^"]+)/g },
  { service: "ssm", regions: HOME, target: "AmazonSSM.DescribeParameters", names: /"Name": ?"([^"]+)/g },
  {
    service: "logs",
    regions: HOME,
    target: "Logs_20140328.DescribeLogGroups",
    names: /"logGroupName": ?"([^"]+)/g,
  },
  { service: "monitoring", regions: BOTH, form: "Action=DescribeAlarms", names: /<AlarmName>([^<]+)/g },
  { service: "monitoring", regions: BOTH, form: "Action=ListDashboards", names: /<DashboardName>([^<]+)/g },
  { service: "sns", regions: BOTH, form: "Action=ListTopics", names: /<TopicArn>([^<]+)/g },
];

const COGNITO = { service: "cognito-idp", region: "eu-central-1" };
const COGNITO_TARGET = "AWSCognitoIdentityProviderService";

/** What the account at a URL has, as `service region name`; user pools are there before, only their clients count. */
export async function accountContents(url: string): Promise<readonly string[]> {
  const asking = listings.flatMap((listing) => listing.regions.map((region) => named(url, listing, region)));
  return (await Promise.all([...asking, userPoolClients(url)])).flat();
}

async function named(url: string, listing: Listing, region: string): Promise<readonly string[]> {
  const text = await asked(url, { ...listing, region });
  return [...text.matchAll(listing.names)].map(([, name]) => `${listing.service} ${region} ${name}`);
}

async function userPoolClients(url: string): Promise<readonly string[]> {
  const ask = async (action: string, json: object) =>
    JSON.parse(await asked(url, { ...COGNITO, target: `${COGNITO_TARGET}.${action}`, json }));
  const { UserPools } = await ask("ListUserPools", { MaxResults: 60 });
  const clients = UserPools.map(async ({ Id }: { readonly Id: string }) => {
    const { UserPoolClients } = await ask("ListUserPoolClients", { UserPoolId: Id });
    return UserPoolClients.map(
      ({ ClientName }: { readonly ClientName: string }) => `cognito-idp ${Id} ${ClientName}`,
    );
  });
  return (await Promise.all(clients)).flat();
}

/** Makes the user pool that an adopter has before the module comes; its id. */
export async function createUserPool(url: string): Promise<string> {
  const target = `${COGNITO_TARGET}.CreateUserPool`;
  const made = await asked(url, { ...COGNITO, target, json: { PoolName: "people" } });
  return JSON.parse(made).UserPool.Id;
}

interface Question {
  readonly service: string;
  readonly region: string;
  readonly path?: string;
  readonly target?: string;
  readonly json?: object;
  readonly form?: string;
}

async function asked(
  url: string,
  { service, region, path, target, json = {}, form }: Question,
): Promise<string> {
  // Nobody checks the signature; its scope says for whom the request is.
  const authorization = `AWS4-HMAC-SHA256 Credential=any/20260101/${region}/${service}/aws4_request, Signature=any`;
  const byForm = { body: form ?? "", headers: { "content-type": "application/x-www-form-urlencoded" } };
  const byTarget = {
    body: JSON.stringify(json),
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target ?? "" },
  };
  const { body, headers } = form === undefined ? byTarget : byForm;
  const get = path !== undefined;
  const answer = await fetch(new URL(path ?? "/", url).href, {
    method: get ? "GET" : "POST",
    headers: { authorization, ...(get ? {} : headers) },
    ...(get ? {} : { body }),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`${service} ${target ?? form ?? path} was answered ${answer.status}: ${text}`);
  return text;
}
