import { randomBytes } from "node:crypto";
import type { Distribution } from "./distributions.ts";
import type { Kept } from "./documents.ts";
import type { EdgeFunction } from "./functions.ts";

/** All that the account has in CloudFront. It lives as long as the stand-in does. */
export interface World {
  readonly account: string;
  readonly documents: Map<string, Kept>;
  readonly functions: Map<string, EdgeFunction>;
  readonly distributions: Map<string, Distribution>;
  /** Tags by ARN. */
  readonly tags: Map<string, ReadonlyMap<string, string>>;
  newId(): string;
  now(): string;
  location(...path: readonly string[]): string;
}

/** An account that has nothing in CloudFront yet. */
export const emptyWorld = (account: string): World => ({
  account,
  documents: new Map(),
  functions: new Map(),
  distributions: new Map(),
  tags: new Map(),
  newId: () => `E${randomBytes(7).toString("hex").toUpperCase().slice(0, 13)}`,
  now: () => new Date().toISOString(),
  location: (...path) => `https://cloudfront.amazonaws.com/2020-05-31/${path.join("/")}`,
});

/** The ARN of something in CloudFront, which has no region. */
export const arn = ({ account }: World, type: string, id: string): string =>
  `arn:aws:cloudfront::${account}:${type}/${id}`;
