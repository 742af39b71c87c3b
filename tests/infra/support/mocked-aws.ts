import { createHash } from "node:crypto";
import { policyDocument } from "./policy-document.ts";

export type Inputs = Readonly<Record<string, unknown>>;

/** Where a resource is. */
export interface Whereabouts {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly partition: string;
}

/** What AWS would say of a resource. */
export interface Known {
  readonly id: string;
  readonly outputs: Inputs;
}

/**
 * What AWS would answer after it made a resource: as much as programs look into. SST takes ARNs and URLs apart, so they
 * have AWS's form; the same name gives the same ones. An id that nobody takes apart is `${type::name.id}`.
 * @param id of a resource that is looked up instead of made
 */
export function knownOutputs(
  type: string,
  name: string,
  inputs: Inputs,
  id: string | undefined,
  at: Whereabouts,
): Known {
  const [, service = ""] = /^aws:([a-z0-9]+)\//.exec(type) ?? [];
  const own = id || undefined;
  const named = String(own ?? inputs.name ?? name);
  const arn = (rest: string, region = at.region) =>
    `arn:${at.partition}:${service}:${region}:${at.account}:${rest}`;
  const made = known[type]?.({ named, name, inputs, id: own, arn, at });
  if (made !== undefined)
    return { id: own ?? made.id, outputs: { ...tags(inputs), ...made.outputs, name: named } };
  const fallback = own ?? `\${${type}::${name}.id}`;
  if (!type.startsWith("aws:")) return { id: fallback, outputs: {} };
  return { id: fallback, outputs: { ...tags(inputs), arn: arn(named), name: named } };
}

/**
 * The answer to a question that a program asks the provider (`aws.getRegion` and the like).
 * @throws Error for a question that is not known here
 */
export function answerCall(token: string, inputs: Inputs, at: Whereabouts): Record<string, unknown> {
  const answer = answers[token];
  if (answer === undefined) {
    throw new Error(
      `The program calls ${token}, which tests/infra/support/mocked-aws.ts does not support: add it there.`,
    );
  }
  return { ...inputs, ...answer(inputs, at) };
}

interface Asked {
  readonly named: string;
  readonly name: string;
  readonly inputs: Inputs;
  readonly id: string | undefined;
  readonly arn: (rest: string, region?: string) => string;
  readonly at: Whereabouts;
}

const known: Readonly<Record<string, (asked: Asked) => Known>> = {
  "aws:s3/bucket:Bucket": ({ name, inputs, id, at }) => {
    const bucket = String(id ?? inputs.bucket ?? name.toLowerCase());
    return {
      id: bucket,
      outputs: {
        bucket,
        arn: `arn:${at.partition}:s3:::${bucket}`,
        bucketDomainName: `${bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${bucket}.s3.${at.region}.amazonaws.com`,
        region: at.region,
        hostedZoneId: "Z3F0SRJ5LGBH90",
      },
    };
  },
  "aws:iam/role:Role": ({ named, arn, name }) => ({
    id: named,
    outputs: {
      arn: arn(`role/${named}`, ""),
      uniqueId: `AROA${letters(name, 17).toUpperCase()}`,
      assumeRolePolicy: "{}",
    },
  }),
  "aws:lambda/function:Function": ({ named, inputs, arn, at }) => {
    const own = arn(`function:${named}`);
    const version = inputs.publish === true ? "1" : "$LATEST";
    return {
      id: named,
      outputs: {
        arn: own,
        qualifiedArn: `${own}:${version}`,
        version,
        invokeArn: `arn:${at.partition}:apigateway:${at.region}:lambda:path/2015-03-31/functions/${own}/invocations`,
      },
    };
  },
  "aws:lambda/functionUrl:FunctionUrl": ({ name, inputs, at }) => {
    const urlId = letters(name, 32);
    return {
      id: String(inputs.functionName),
      outputs: { urlId, functionUrl: `https://${urlId}.lambda-url.${at.region}.on.aws/` },
    };
  },
  "aws:cloudwatch/logGroup:LogGroup": ({ named, at }) => ({
    id: named,
    outputs: { arn: `arn:${at.partition}:logs:${at.region}:${at.account}:log-group:${named}` },
  }),
  "aws:cloudwatch/eventRule:EventRule": ({ named, at }) => ({
    id: named,
    outputs: { arn: `arn:${at.partition}:events:${at.region}:${at.account}:rule/${named}` },
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ named, inputs, arn }) => {
    const alarm = String(inputs.name ?? named);
    return { id: alarm, outputs: { arn: arn(`alarm:${alarm}`) } };
  },
  "aws:sqs/queue:Queue": ({ named, arn, at }) => {
    const url = `https://sqs.${at.region}.amazonaws.com/${at.account}/${named}`;
    return { id: url, outputs: { url, arn: arn(named) } };
  },
  "aws:sns/topic:Topic": ({ named, arn, at }) => ({
    id: arn(named),
    outputs: { arn: arn(named), owner: at.account },
  }),
  "aws:kms/key:Key": ({ name, arn }) => {
    const keyId = uuid(name);
    return { id: keyId, outputs: { keyId, arn: arn(`key/${keyId}`) } };
  },
  "aws:kms/alias:Alias": ({ named, inputs, arn }) => ({
    id: named,
    outputs: { arn: arn(named), targetKeyArn: arn(`key/${inputs.targetKeyId}`) },
  }),
  "aws:ssm/parameter:Parameter": ({ named, arn }) => ({
    id: named,
    outputs: { arn: arn(`parameter/${named.replace(/^\//, "")}`), version: 1 },
  }),
  "aws:cloudfront/distribution:Distribution": ({
    name,
    id = `E${letters(name, 13).toUpperCase()}`,
    arn,
  }) => ({
    id,
    outputs: {
      arn: arn(`distribution/${id}`, ""),
      domainName: `d${letters(name, 13)}.cloudfront.net`,
      hostedZoneId: "Z2FDTNDATAQYW2",
      etag: `E${letters(`${name} etag`, 13).toUpperCase()}`,
      status: "Deployed",
    },
  }),
  "aws:cloudfront/function:Function": ({ named, arn }) => ({
    id: named,
    outputs: { arn: arn(`function/${named}`, ""), status: "UNASSOCIATED" },
  }),
  "aws:cloudfront/keyValueStore:KeyValueStore": ({ named, name, arn }) => ({
    id: named,
    outputs: { arn: arn(`key-value-store/${uuid(name)}`, "") },
  }),
  "aws:cognito/userPool:UserPool": ({ name, id, arn, at }) => {
    const pool = id ?? `${at.region}_${letters(name, 9)}`;
    return {
      id: pool,
      outputs: {
        arn: arn(`userpool/${pool}`),
        endpoint: `cognito-idp.${at.region}.amazonaws.com/${pool}`,
      },
    };
  },
  "aws:cognito/userPoolClient:UserPoolClient": ({ name }) => ({ id: letters(name, 26), outputs: {} }),
  "pulumi:providers:aws": ({ name }) => ({ id: uuid(name), outputs: {} }),
  "random:index/randomBytes:RandomBytes": ({ inputs }) => {
    const bytes = Buffer.alloc(Number(inputs.length));
    return {
      id: bytes.toString("base64"),
      outputs: { base64: bytes.toString("base64"), hex: bytes.toString("hex") },
    };
  },
};

// A key that signs nothing: of a pair whose private half was thrown away.
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

const answers: Readonly<Record<string, (inputs: Inputs, at: Whereabouts) => Inputs>> = {
  "aws:index/getPartition:getPartition": (_, { partition }) => ({
    id: partition,
    partition,
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_, { region }) => ({
    id: region,
    region,
    name: region,
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account, partition }) => ({
    id: account,
    accountId: account,
    arn: `arn:${partition}:iam::${account}:user/deployer`,
    userId: "AIDAEXAMPLE",
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => {
    const json = policyDocument(inputs);
    return { id: "policy", json, minifiedJson: JSON.stringify(JSON.parse(json)) };
  },
  "aws:kms/getPublicKey:getPublicKey": ({ keyId }, { region, account, partition }) => ({
    id: keyId,
    arn: `arn:${partition}:kms:${region}:${account}:key/${keyId}`,
    customerMasterKeySpec: "RSA_2048",
    keyUsage: "SIGN_VERIFY",
    publicKeyPem,
    publicKey: publicKeyPem.replace(/-----.*-----|\n/g, ""),
    signingAlgorithms: ["RSASSA_PKCS1_V1_5_SHA_256"],
  }),
};

function tags({ tags = {} }: Inputs): Inputs {
  return { tagsAll: tags };
}

/** Lower-case letters and digits from a name. */
function letters(name: string, length: number): string {
  return createHash("sha256").update(name).digest("hex").slice(0, length);
}

function uuid(name: string): string {
  return letters(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
