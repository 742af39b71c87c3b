import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { type EvaluatedStack, evaluateApp, evaluateSst, resourceOf } from "./support/evaluate-sst.ts";

const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
const config = join(fixtures, "sst-app", "sst.config.ts");
const evaluate = (stage: string, dev = false) => evaluateSst({ config, stage, dev });

describe("a staging stack", () => {
  let stack: EvaluatedStack;
  const inputsOf = (type: string, name?: string) => resourceOf(stack, type, name).inputs;

  beforeAll(async () => {
    stack = await evaluate("staging");
  });

  it("is the app that the config describes", () => {
    expect(stack.app).toEqual({
      name: "sample",
      stage: "staging",
      home: "aws",
      removal: "remove",
      protect: false,
      providers: { aws: { version: "7.20.0", defaultTags: { tags: { Environment: "staging" } } } },
    });
  });

  it("runs a function from its bundle, with what the program sets and what SST adds", () => {
    expect(inputsOf("aws:lambda/function:Function", "DailyHandlerFunction")).toMatchObject({
      name: "sample-daily",
      handler: "bundle.handler",
      runtime: "nodejs22.x",
      architectures: ["x86_64"],
      memorySize: 256,
      timeout: 300,
      role: "arn:aws:iam::123456789012:role/sample-worker",
      loggingConfig: { logFormat: "Text", logGroup: "/aws/lambda/sample" },
      environment: {
        variables: {
          DATA_BUCKET: "sample-staging-data",
          SST_KEY: expect.any(String),
          SST_KEY_FILE: "resource.enc",
          SST_RESOURCE_App: JSON.stringify({ name: "sample", stage: "staging" }),
        },
      },
    });
    expect(stack.functions.DailyHandler).toEqual({
      functionID: "DailyHandler",
      handler: "src/worker.handler",
      runtime: "nodejs22.x",
      dev: false,
      copyFiles: [{ from: "{root}/site/index.html", to: "beside.html", isDir: false }],
      properties: { architecture: "x86_64", esbuild: { target: "es2022" } },
    });
    expect(inputsOf("aws:s3/bucketObjectv2:BucketObjectv2", "DailyHandlerCode")).toMatchObject({
      bucket: "sst-asset-eu-central-1",
      source: { archive: "{work}/artifacts/DailyHandler/code.zip" },
    });
  });

  it("gives a function without a role of its own one with the permissions it names", () => {
    const { inlinePolicies, assumeRolePolicy } = inputsOf("aws:iam/role:Role", "SessionRole") as {
      inlinePolicies: { policy: string }[];
      assumeRolePolicy: string;
    };
    const { id } = resourceOf(stack, "aws:kms/key:Key");
    expect(inlinePolicies.map(({ policy }) => JSON.parse(policy))).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "kms:Sign",
            Resource: `arn:aws:kms:eu-central-1:123456789012:key/${id}`,
          },
        ],
      },
    ]);
    // SST 4.17 admits the account's root outside dev, too: a role that matters is our own.
    expect(JSON.parse(assumeRolePolicy).Statement[0].Principal.AWS).toBe("arn:aws:iam::123456789012:root");
  });

  it("schedules the cron's function with its event", () => {
    const rule = resourceOf(stack, "aws:cloudwatch/eventRule:EventRule");
    expect(rule.inputs).toMatchObject({ scheduleExpression: "cron(0 6 * * ? *)", state: "ENABLED" });
    expect(inputsOf("aws:cloudwatch/eventTarget:EventTarget")).toMatchObject({
      arn: "arn:aws:lambda:eu-central-1:123456789012:function:sample-daily",
      rule: rule.inputs.name,
      input: JSON.stringify({ at: "<aws.events.event.ingestion-time>" }),
    });
    expect(inputsOf("aws:lambda/permission:Permission", "DailyPermission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: `arn:aws:events:eu-central-1:123456789012:rule/${rule.inputs.name}`,
    });
  });

  it("keeps the data bucket versioned, private, TLS-only and without CORS", () => {
    expect(inputsOf("aws:s3/bucket:Bucket", "DataBucket")).toEqual({
      bucket: "sample-staging-data",
      forceDestroy: false,
    });
    expect(inputsOf("aws:s3/bucketVersioning:BucketVersioning")).toEqual({
      bucket: "sample-staging-data",
      versioningConfiguration: { status: "Enabled" },
    });
    expect(
      inputsOf("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "DataPublicAccessBlock"),
    ).toEqual({
      bucket: "sample-staging-data",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const { policy } = inputsOf("aws:s3/bucketPolicy:BucketPolicy", "DataPolicy") as { policy: string };
    expect(JSON.parse(policy).Statement).toEqual([
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::sample-staging-data", "arn:aws:s3:::sample-staging-data/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(stack.resources.some(({ type }) => type.includes("Cors"))).toBe(false);
  });

  it("serves the site by the program's origins and behaviours, not SST's", () => {
    const access = resourceOf(stack, "aws:cloudfront/originAccessControl:OriginAccessControl");
    const caching = resourceOf(stack, "aws:cloudfront/cachePolicy:CachePolicy");
    const viewers = resourceOf(stack, "aws:cloudfront/keyGroup:KeyGroup");
    const pages = resourceOf(stack, "aws:s3/bucket:Bucket", "PagesBucket");
    expect(viewers.inputs.items).toEqual(["${aws:cloudfront/publicKey:PublicKey::Public.id}"]);
    expect(inputsOf("aws:cloudfront/distribution:Distribution", "SiteCdnDistribution")).toMatchObject({
      enabled: true,
      customErrorResponses: [],
      origins: [
        {
          originId: "pages",
          domainName: `${pages.inputs.bucket}.s3.eu-central-1.amazonaws.com`,
          originAccessControlId: access.id,
        },
        {
          originId: "data",
          domainName: "sample-staging-data.s3.eu-central-1.amazonaws.com",
          originAccessControlId: access.id,
        },
      ],
      defaultCacheBehavior: { targetOriginId: "pages", cachePolicyId: caching.id },
      orderedCacheBehaviors: [
        {
          pathPattern: "/data/*",
          targetOriginId: "data",
          viewerProtocolPolicy: "https-only",
          trustedKeyGroups: [viewers.id],
        },
      ],
    });
    expect(
      inputsOf("aws:cloudfront/distribution:Distribution", "SiteCdnDistribution").defaultCacheBehavior,
    ).not.toHaveProperty("functionAssociations");
  });

  it("uploads the site's files to the bucket that is there", () => {
    const { bucketName, files } = inputsOf(
      "pulumi-nodejs:dynamic:Resource",
      "SiteAssetFiles.sst.aws.BucketFiles",
    ) as { bucketName: string; files: { key: string; cacheControl: string }[] };
    expect(bucketName).toBe(resourceOf(stack, "aws:s3/bucket:Bucket", "PagesBucket").inputs.bucket);
    expect(resourceOf(stack, "aws:s3/bucket:Bucket", "SiteAssets")).toMatchObject({ existing: true });
    expect(files.map(({ key, cacheControl }) => [key, cacheControl])).toEqual([
      ["index.html", "max-age=0,no-cache,no-store,must-revalidate"],
      ["assets/site-1.js", "max-age=31536000,public,immutable"],
    ]);
  });

  it("resolves what one resource takes from another", () => {
    const site = resourceOf(stack, "aws:cloudfront/distribution:Distribution", "SiteCdnDistribution");
    expect(inputsOf("aws:cognito/userPoolClient:UserPoolClient").callbackUrls).toEqual([
      `${stack.outputs.address}/callback`,
    ]);
    expect(resourceOf(stack, "aws:cognito/userPoolClient:UserPoolClient").dependencies).toContain(site.urn);
    expect(inputsOf("aws:cloudfront/publicKey:PublicKey").encodedKey).toMatch(
      /^-----BEGIN PUBLIC KEY-----\n/,
    );
    expect(inputsOf("aws:ssm/parameter:Parameter")).toEqual({
      name: "/sample/staging",
      type: "String",
      value: "{}",
    });
    expect(stack.outputs).toMatchObject({
      job: "arn:aws:lambda:eu-central-1:123456789012:function:sample-daily",
      session: expect.stringMatching(/^https:\/\/[0-9a-f]{32}\.lambda-url\.eu-central-1\.on\.aws\/$/),
      client: resourceOf(stack, "aws:cognito/userPoolClient:UserPoolClient").id,
    });
  });

  it("tells a second provider's resources, and where they are", () => {
    expect(resourceOf(stack, "aws:cloudwatch/metricAlarm:MetricAlarm")).toMatchObject({
      provider: "UsEast1",
      inputs: {
        metricName: "EstimatedCharges",
        threshold: 25,
        alarmActions: ["arn:aws:sns:us-east-1:123456789012:Alarms"],
      },
    });
    expect(resourceOf(stack, "aws:kms/key:Key").provider).toBeNull();
    expect(stack.outputs.region).toBe("us-east-1");
  });

  it("tells the options of a resource", () => {
    const parameter = resourceOf(stack, "aws:ssm/parameter:Parameter");
    const alarm = resourceOf(stack, "aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarm.dependencies).toContain(parameter.urn);
    expect(alarm.retainOnDelete).toBe(true);
    expect(resourceOf(stack, "aws:iam/role:Role", "Worker").protect).toBe(true);
    expect(resourceOf(stack, "aws:s3/bucket:Bucket", "DataBucket").retainOnDelete).toBe(false);
    expect(resourceOf(stack, "aws:s3/bucket:Bucket", "DataBucket").parent).toBe(
      resourceOf(stack, "sst:aws:Bucket", "Data").urn,
    );
  });

  it("is the same each time", async () => {
    expect(await evaluate("staging")).toEqual(stack);
  });
});

describe("sst dev", () => {
  let stack: EvaluatedStack;

  beforeAll(async () => {
    stack = await evaluate("ada", true);
  });

  it("puts a bridge in a function's place, and has its sources watched", () => {
    const { inputs } = resourceOf(stack, "aws:lambda/function:Function", "DailyHandlerFunction");
    expect(inputs).toMatchObject({
      handler: "bootstrap",
      runtime: "provided.al2023",
      description: "live",
      environment: {
        variables: {
          DATA_BUCKET: "sample-ada-data",
          SST_FUNCTION_ID: "DailyHandler",
          SST_STAGE: "ada",
          SST_REGION: "eu-central-1",
          SST_ASSET_BUCKET: "sst-asset-eu-central-1",
        },
      },
    });
    expect(stack.functions.DailyHandler).toMatchObject({ dev: true, handler: "src/worker.handler" });
    expect(stack.resources.filter(({ name }) => name === "DailyHandlerCode")).toEqual([]);
  });

  it("lets SST's own role reach the bridge's channel, but gives a role of the program's nothing", () => {
    const { inlinePolicies } = resourceOf(stack, "aws:iam/role:Role", "SessionRole").inputs as {
      inlinePolicies: { policy: string }[];
    };
    const statements = inlinePolicies.flatMap(({ policy }) => JSON.parse(policy).Statement);
    expect(
      statements.map(({ Action, Resource }: { Action: string; Resource: unknown }) => [Action, Resource]),
    ).toEqual([
      ["kms:Sign", expect.stringMatching(/^arn:aws:kms:/)],
      ["appsync:*", "*"],
      ["s3:*", ["arn:aws:s3:::sst-asset-eu-central-1", "arn:aws:s3:::sst-asset-eu-central-1/*"]],
    ]);
    expect(resourceOf(stack, "aws:iam/role:Role", "Worker").inputs.inlinePolicies).toEqual([]);
  });

  it("deploys the site all the same when it says so", () => {
    expect(resourceOf(stack, "aws:cloudfront/distribution:Distribution", "SiteCdnDistribution").custom).toBe(
      true,
    );
  });
});

describe("the house's own config", () => {
  it("keeps production, and takes any other stage away whole", async () => {
    const [production, ada] = await Promise.all([
      evaluateApp({ stage: "production" }),
      evaluateApp({ stage: "ada" }),
    ]);
    expect(production).toMatchObject({ name: "dapanoskop", home: "aws", removal: "retain", protect: true });
    expect(ada).toMatchObject({ name: "dapanoskop", home: "aws", removal: "remove", protect: false });
  });

  it("tags whatever can be tagged", async () => {
    const { providers } = await evaluateApp({ stage: "ada" });
    expect(providers?.aws).toMatchObject({
      defaultTags: {
        tags: {
          Project: "Dapanoskop",
          Environment: "ada",
          ManagedBy: "SST",
          CostCenter: "dapanoskop",
        },
      },
    });
  });
});

describe("a program", () => {
  it("finds the environment it is given, and its stage's promise to keep the buckets", async () => {
    const stack = await evaluateSst({
      config,
      stage: "production",
      environment: { SCHEDULE: "rate(1 day)" },
    });
    expect(resourceOf(stack, "aws:cloudwatch/eventRule:EventRule").inputs.scheduleExpression).toBe(
      "rate(1 day)",
    );
    expect(stack.app.protect).toBe(true);
    expect(resourceOf(stack, "aws:s3/bucket:Bucket", "DataBucket").retainOnDelete).toBe(true);
    expect(resourceOf(stack, "aws:sns/topic:Topic").retainOnDelete).toBe(false);
  });

  it.each([
    ["imports-above", "An SST config must not import at its top level"],
    ["no-handler", "Handler not found: src/nowhere.handler"],
    ["waits-forever", "still active"],
    [
      "unknown-question",
      "asks aws:index/getIpRanges:getIpRanges, which tests/infra/support/mocked-aws.ts cannot answer",
    ],
  ])("that is wrong fails with the reason: %s", async (name, reason) => {
    const wrong = join(fixtures, name, "sst.config.ts");
    await expect(evaluateSst({ config: wrong, stage: "staging" })).rejects.toThrow(reason);
  });
});
