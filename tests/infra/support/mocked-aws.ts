import { createHash } from "node:crypto";

export type MockedInputs = Readonly<Record<string, unknown>>;

/** The place of a resource. */
export interface MockedLocation {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly partition: string;
}

/** The id and the attributes that AWS gives a resource. */
export interface Created {
  readonly id: string;
  readonly outputs: MockedInputs;
}

/**
 * What AWS would respond after it created a resource, as much as programs read. SST takes ARNs and URLs apart, so they have
 * AWS's form; the same name gives the same ones. Any other id is `${type::name.id}`.
 * @param id of a resource that exists and is looked up
 */
export function createdResource(
  type: string,
  name: string,
  inputs: MockedInputs,
  id: string | undefined,
  place: MockedLocation,
): Created {
  const [, service = ""] = /^aws:([a-z0-9]+)\//.exec(type) ?? [];
  const own = id || undefined;
  const named = String(own ?? inputs.name ?? name);
  const arn = (rest: string, region = place.region, of = service) =>
    `arn:${place.partition}:${of}:${region}:${place.account}:${rest}`;
  const created = CREATED[type]?.({ named, name, inputs, id: own, arn, place });
  const common = service === "" ? {} : { tagsAll: inputs.tags ?? {}, arn: arn(named), name: named };
  return { id: own ?? created?.id ?? `\${${type}::${name}.id}`, outputs: { ...common, ...created?.outputs } };
}

/**
 * The response to a call to the provider (`aws.getRegion` and the like).
 * @throws Error for a call that is not supported here
 */
export function callResponse(
  token: string,
  inputs: MockedInputs,
  place: MockedLocation,
): Record<string, unknown> {
  const response = CALLS[token];
  if (response === undefined) {
    throw new Error(
      `The program calls ${token}, which tests/infra/support/mocked-aws.ts does not support: add it there.`,
    );
  }
  return { ...inputs, ...response(inputs, place) };
}

interface Creation {
  readonly named: string;
  readonly name: string;
  readonly inputs: MockedInputs;
  readonly id: string | undefined;
  readonly arn: (rest: string, region?: string, service?: string) => string;
  readonly place: MockedLocation;
}

const CREATED: Readonly<Record<string, (creation: Creation) => Partial<Created>>> = {
  "aws:s3/bucket:Bucket": ({ name, inputs, id, place: { partition, region } }) => {
    const bucket = String(id ?? inputs.bucket ?? name.toLowerCase());
    const bucketRegionalDomainName = `${bucket}.s3.${region}.amazonaws.com`;
    return {
      id: bucket,
      outputs: { bucket, arn: `arn:${partition}:s3:::${bucket}`, bucketRegionalDomainName, region },
    };
  },
  "aws:iam/role:Role": ({ named, arn }) => ({ id: named, outputs: { arn: arn(`role/${named}`, "") } }),
  "aws:lambda/function:Function": ({ named, arn }) => ({
    id: named,
    outputs: { arn: arn(`function:${named}`) },
  }),
  "aws:lambda/functionUrl:FunctionUrl": ({ name, inputs, place }) => {
    const urlId = letters(name, 32);
    const functionUrl = `https://${urlId}.lambda-url.${place.region}.on.aws/`;
    return { id: String(inputs.functionName), outputs: { urlId, functionUrl } };
  },
  "aws:cloudwatch/logGroup:LogGroup": ({ named, arn, place }) => ({
    id: named,
    outputs: { arn: arn(`log-group:${named}`, place.region, "logs") },
  }),
  "aws:cloudwatch/eventRule:EventRule": ({ named, arn, place }) => ({
    id: named,
    outputs: { arn: arn(`rule/${named}`, place.region, "events") },
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ named, arn }) => ({
    id: named,
    outputs: { arn: arn(`alarm:${named}`) },
  }),
  "aws:sqs/queue:Queue": ({ named, place }) => {
    const url = `https://sqs.${place.region}.amazonaws.com/${place.account}/${named}`;
    return { id: url, outputs: { url } };
  },
  "aws:sns/topic:Topic": ({ named, arn }) => ({ id: arn(named), outputs: {} }),
  "aws:kms/key:Key": ({ name, arn }) => {
    const keyId = uuid(name);
    return { id: keyId, outputs: { keyId, arn: arn(`key/${keyId}`) } };
  },
  "aws:ssm/parameter:Parameter": ({ named, arn }) => ({
    id: named,
    outputs: { arn: arn(`parameter/${named.replace(/^\//, "")}`) },
  }),
  "aws:cloudfront/distribution:Distribution": ({
    name,
    id = `E${letters(name, 13).toUpperCase()}`,
    arn,
  }) => ({
    id,
    outputs: { arn: arn(`distribution/${id}`, ""), domainName: `d${letters(name, 13)}.cloudfront.net` },
  }),
  "aws:cloudfront/function:Function": ({ named, arn }) => ({
    id: named,
    outputs: { arn: arn(`function/${named}`, "") },
  }),
  "aws:cognito/userPoolClient:UserPoolClient": ({ name }) => ({ id: letters(name, 26) }),
  // A reference to a provider contains its id, and the separator of URNs must not be in it.
  "pulumi:providers:aws": ({ name }) => ({ id: uuid(name) }),
  "random:index/randomBytes:RandomBytes": ({ inputs }) => {
    const base64 = Buffer.alloc(Number(inputs.length)).toString("base64");
    return { id: base64, outputs: { base64 } };
  },
};

// The private half of this key was deleted.
const publicKeyPem = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwrHIYfafKuY0kVuuU3ad
VSE3CYuajKOx0rGoIO3yC9LBG4ymlxh8tPlI5g6AEmSIyeqwfDME1Nv1UGdg/ZSJ
MBhGeXQybYPLgH2D8PK7q0EyXMkI+QRhwUrfktmYbn57H8Y7/RVShFFccBYLQIrR
EtUdjxEfLj+CmGPU9ItNNfZpDOvpxa6fJ1QjdflFwYW5fWakYZ1Y7a24RiIfqMf1
jVh9Vf3DkZACo/DmMrgYniTjK/jBiple36WljezaPZB+b4QsDja7EqhSjDFuZdQm
+4ainxlK1AxvjqEMpnfDgDtw0Qirb9iQ6a5KEUm/AZHVO7lFUppNShzQT2UJlUFZ
wQIDAQAB
-----END PUBLIC KEY-----
`;

const CALLS: Readonly<Record<string, (inputs: MockedInputs, place: MockedLocation) => MockedInputs>> = {
  "aws:index/getPartition:getPartition": (_, { partition }) => ({ partition, dnsSuffix: "amazonaws.com" }),
  "aws:index/getRegion:getRegion": (_, { region }) => ({ id: region, region, name: region }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({ accountId: account }),
  // SST asks for the policy of a role that it would create itself. Our functions have roles of their own.
  "aws:iam/getPolicyDocument:getPolicyDocument": ({ statements }) => ({
    json: JSON.stringify({ statements }),
  }),
  "aws:kms/getPublicKey:getPublicKey": () => ({ publicKeyPem }),
};

/** Letters and digits from a name. */
const letters = (name: string, length: number): string =>
  createHash("sha256").update(name).digest("hex").slice(0, length);

const uuid = (name: string): string =>
  letters(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
