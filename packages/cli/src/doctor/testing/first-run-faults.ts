import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import type { SecureContextOptions } from "node:tls";
import type { FindingId } from "@dapanoskop/doctor";
import { onTestFinished, vi } from "vitest";
import { type AccountSetup, noSettings } from "./an-account.ts";
import type { BucketFault } from "./bucket-stand-in.ts";

/** A server on loopback that this process's SDK takes for AWS. */
async function standIn(listener: RequestListener, tls?: SecureContextOptions): Promise<void> {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  vi.stubEnv("AWS_ENDPOINT_URL", `${tls ? "https" : "http"}://127.0.0.1:${port}`);
}

async function withKeys(): Promise<void> {
  await noSettings();
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secretAccessKeyOfATest");
}

/** A profile of IAM Identity Center whose sign-in has expired. */
async function expiredSignIn(): Promise<void> {
  const home = await noSettings();
  vi.stubEnv("AWS_PROFILE", "company");
  const settings = "sso_start_url = https://company.awsapps.com/start\nsso_region = eu-central-1\n";
  await writeFile(
    join(home, "config"),
    `[profile company]\n${settings}sso_account_id = 123456789012\nsso_role_name = Billing\nregion = eu-central-1\n`,
  );
  const cache = join(home, ".aws", "sso", "cache");
  await mkdir(cache, { recursive: true });
  // The name is the SHA-1 of the start URL.
  const name = createHash("sha1").update("https://company.awsapps.com/start").digest("hex");
  await writeFile(
    join(cache, `${name}.json`),
    JSON.stringify({ accessToken: "tokenOfATest", expiresAt: "2020-01-01T00:00:00Z" }),
  );
}

/** What goes wrong on a first run, how it is produced over the wire, and what the finding says. */
export interface FirstRunFault {
  readonly fault: string;
  readonly finding: FindingId;
  readonly level?: "blocks" | "warning" | "unknown";
  /** What the next step says. */
  readonly next: RegExp;
  /** @param certificate one that no authority signed */
  readonly setUp?: (certificate: SecureContextOptions) => Promise<void>;
  readonly account?: AccountSetup;
  readonly bucket?: BucketFault;
  readonly argv?: readonly string[];
  /** Requests to Cost Explorer that AWS would charge for, where it matters. */
  readonly paid?: number;
}

export const firstRunFaults: readonly FirstRunFault[] = [
  {
    fault: "no credentials",
    setUp: async () => void (await noSettings()),
    finding: "no-credentials",
    next: /aws sso login or aws configure/,
    paid: 0,
  },
  {
    fault: "a profile that does not exist",
    setUp: async () => {
      await noSettings();
      vi.stubEnv("AWS_PROFILE", "nobody");
    },
    finding: "no-credentials",
    next: /AWS_PROFILE/,
    paid: 0,
  },
  {
    fault: "an expired sign-in of IAM Identity Center",
    setUp: expiredSignIn,
    finding: "sign-in-expired",
    next: /aws sso login/,
    paid: 0,
  },
  {
    fault: "expired temporary credentials",
    account: { faults: ["expired-credentials"] },
    finding: "sign-in-expired",
    next: /AWS_SESSION_TOKEN/,
    paid: 0,
  },
  {
    fault: "an access key that AWS does not know",
    account: { faults: ["credentials"] },
    finding: "unknown-key",
    next: /AWS_ACCESS_KEY_ID and AWS_PROFILE/,
    paid: 0,
  },
  {
    fault: "a mistyped secret",
    account: { faults: ["wrong-secret"] },
    finding: "wrong-secret",
    next: /AWS_SECRET_ACCESS_KEY/,
    paid: 0,
  },
  {
    fault: "a clock that is ten minutes behind",
    account: { faults: ["clock=10"] },
    finding: "clock",
    level: "warning",
    next: /NTP/,
  },
  {
    fault: "a clock that is ten minutes ahead",
    account: { faults: ["clock=-10"] },
    finding: "clock",
    level: "warning",
    next: /NTP/,
  },
  {
    fault: "signatures that are refused for their time",
    setUp: async () => {
      await withKeys();
      await standIn((_, response) =>
        response
          .writeHead(403, { "content-type": "text/xml" })
          .end(
            "<ErrorResponse><Error><Type>Sender</Type><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message></Error></ErrorResponse>",
          ),
      );
    },
    finding: "clock-refused",
    next: /Set the clock/,
    paid: 0,
  },
  {
    fault: "a proxy that opens TLS",
    setUp: async (certificate) => {
      await withKeys();
      await standIn((_, response) => response.end(), certificate);
    },
    finding: "untrusted-certificate",
    next: /NODE_EXTRA_CA_CERTS/,
    paid: 0,
  },
  {
    fault: "a proxy that refuses in the place of AWS",
    setUp: async () => {
      await withKeys();
      await standIn((_, response) =>
        response
          .writeHead(403, { "content-type": "text/html" })
          .end("<html><body>Blocked by your company</body></html>"),
      );
    },
    finding: "answered-by-another",
    next: /Permit HTTPS to http:\/\/127/,
    paid: 0,
  },
  {
    fault: "a sign-in page of the network",
    setUp: async () => {
      await withKeys();
      await standIn((_, response) =>
        response
          .writeHead(200, { "content-type": "text/html" })
          .end("<html><body>Welcome to our hotel</body></html>"),
      );
    },
    finding: "answered-by-another",
    next: /sign-in page/,
  },
  {
    fault: "a network without a way to AWS",
    setUp: async () => {
      await withKeys();
      vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    },
    finding: "unreachable",
    next: /network's way/,
    paid: 0,
  },
  {
    fault: "a proxy that is set and not used",
    setUp: async () => {
      await withKeys();
      vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
      vi.stubEnv("HTTPS_PROXY", "http://user:proxyPassword@proxy.example.com:8080");
    },
    finding: "proxy-not-used",
    next: /without the proxy/,
    paid: 0,
  },
  {
    fault: "a region of GovCloud",
    account: {},
    setUp: async () => vi.stubEnv("AWS_REGION", "us-gov-west-1") as never,
    finding: "govcloud",
    next: /AWS_REGION=us-east-1/,
    paid: 0,
  },
  {
    fault: "a region of China with an account of the standard partition",
    account: {},
    setUp: async () => vi.stubEnv("AWS_REGION", "cn-north-1") as never,
    finding: "wrong-partition",
    next: /us-east-1/,
  },
  {
    fault: "an account that AWS does not serve",
    account: { faults: ["account-inactive"] },
    finding: "account-inactive",
    next: /payment method/,
    paid: 0,
  },
  {
    fault: "Cost Explorer never opened",
    account: { faults: ["not-activated"] },
    finding: "cost-explorer-not-enabled",
    next: /Cost Explorer once in the console/,
    paid: 0,
  },
  {
    fault: "data that is still being prepared",
    account: { faults: ["data-unavailable"] },
    finding: "data-not-ready",
    next: /again tomorrow/,
  },
  {
    fault: "a new account without costs",
    account: { faults: ["empty"] },
    finding: "no-cost",
    level: "warning",
    next: /management account/,
  },
  {
    fault: "IAM access to billing not activated",
    account: { faults: ["billing-access-off"] },
    finding: "billing-access-off",
    next: /root user/,
    paid: 0,
  },
  {
    fault: "a missing permission that a collection needs",
    account: { faults: ["deny@GetCostAndUsage"] },
    finding: "permissions-missing",
    next: /ce:GetCostAndUsage on the resource "\*"/,
  },
  {
    fault: "a missing permission for an addition",
    account: { faults: ["deny@GetCostForecast"] },
    finding: "permissions-reduced",
    level: "warning",
    next: /ce:GetCostForecast/,
  },
  {
    fault: "a service control policy",
    account: { faults: ["deny-by-organization"] },
    finding: "denied-by-organization",
    next: /exempt us-east-1/,
    paid: 0,
  },
  {
    fault: "a member account that may not see its costs",
    account: { faults: ["member-account"] },
    finding: "member-without-access",
    next: /management account \(account 210987654321\)/,
    paid: 0,
  },
  {
    fault: "a member account",
    account: { faults: ["member-account@DescribeOrganization"] },
    finding: "member-account",
    level: "warning",
    next: /--billing-view/,
  },
  {
    fault: "an organization that the identity may not see",
    account: { faults: ["deny@DescribeOrganization"] },
    finding: "organization-unknown",
    level: "unknown",
    next: /organizations:DescribeOrganization/,
  },
  {
    fault: "a list of tags that the management account keeps to itself",
    account: { tagKey: null, faults: ["member-account@ListCostAllocationTags"] },
    finding: "tag-unknown",
    level: "unknown",
    next: /administrators of the management account/,
  },
  {
    fault: "a tag that was never activated",
    account: { faults: ["inactive-tags"] },
    finding: "tag-inactive",
    level: "warning",
    next: /start-cost-allocation-tag-backfill --backfill-from 2025-03-01T00:00:00Z/,
  },
  {
    fault: "a tag that was activated today",
    account: { faults: ["tags-activated=2026-03-08"] },
    finding: "tag-activated-lately",
    level: "warning",
    next: /SUCCEEDED/,
  },
  {
    fault: "a tag in another case",
    account: { tagKey: "app" },
    finding: "tag-other-case",
    level: "warning",
    next: /--tag-key app/,
  },
  {
    fault: "a tag that no resource has",
    account: { tagKey: null },
    finding: "tag-not-listed",
    level: "warning",
    next: /24 hours after its first use/,
  },
  {
    fault: "a cost category that does not exist",
    account: {},
    argv: ["--cost-category", "costcenter"],
    finding: "category-missing",
    next: /--cost-category/,
  },
  {
    fault: "an account without cost categories",
    account: { costCategory: null },
    finding: "category-none",
    level: "warning",
    next: /Cost Categories/,
  },
  {
    fault: "a bucket that does not exist",
    account: {},
    bucket: "missing",
    finding: "bucket-missing",
    next: /aws s3 mb s3:\/\/bucket-of-ours/,
  },
  {
    fault: "a bucket that the identity may not list",
    account: {},
    bucket: "denied",
    finding: "bucket-denied",
    next: /s3:ListBucket/,
  },
  {
    fault: "a bucket in another region",
    account: {},
    bucket: "in another region",
    finding: "bucket-redirected",
    next: /get-bucket-location/,
  },
  {
    fault: "a bucket of another account",
    account: {},
    bucket: "of another account",
    finding: "bucket-foreign",
    level: "warning",
    next: /bucket of this account/,
  },
  {
    fault: "a bucket that ignores conditions",
    account: {},
    bucket: "ignores conditions",
    finding: "bucket-without-conditional-writes",
    next: /Delete _doctor\/conditional-write/,
  },
  {
    fault: "a bucket that checks one condition of two",
    account: {},
    bucket: "ignores If-None-Match",
    finding: "bucket-without-conditional-writes",
    next: /Delete _doctor\/conditional-write/,
  },
  {
    fault: "a store without conditional writes",
    account: {},
    bucket: "has no conditions",
    finding: "bucket-without-conditional-writes",
    next: /Amazon S3/,
  },
  {
    fault: "a bucket that may only be read",
    account: {},
    bucket: "read only",
    finding: "bucket-not-writable",
    next: /s3:PutObject/,
  },
  {
    fault: "a bucket's key that may not be used",
    account: {},
    bucket: "key denied",
    finding: "bucket-key-denied",
    next: /kms:GenerateDataKey/,
  },
];
