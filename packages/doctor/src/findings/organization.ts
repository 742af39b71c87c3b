import type { AccountFacts } from "../account-facts.ts";
import { type AccountFinding, isFine, isUnknown, warns } from "../finding.ts";
import { answered, failureOf } from "../probe.ts";

/** Whether the account pays for others: Cost Explorer has their charges there alone. */
export function organizationFindings({ organization, tags }: AccountFacts): readonly AccountFinding[] {
  const found = answered(organization);
  if (found?.role === "payer")
    return [
      isFine(
        "payer",
        "This is the management account of its organization: Cost Explorer has the charges of all accounts.",
      ),
    ];
  if (found?.role === "standalone")
    return [isFine("payer", "This account is in no organization: Cost Explorer has all of its charges.")];
  if (found?.role === "member") return [memberOf(`The management account is ${found.payer}.`)];
  if (organization.outcome === "not-made") return [];
  // Only a member is told that its payer manages the tags.
  if (failureOf(tags)?.kind === "member-account")
    return [memberOf("AWS says so where the cost allocation tags are listed.")];
  return [
    isUnknown(
      "organization-unknown",
      `Whether this account pays for others is not known: Organizations answered ${failureOf(organization)?.name ?? "nothing"}.`,
      "Run aws organizations describe-organization with more permissions (organizations:DescribeOrganization), or look at AWS Organizations in the console: a member account sees its own charges only.",
    ),
  ];
}

const memberOf = (how: string) =>
  warns(
    "member-account",
    `This is a member account: it sees its own charges, and no others. ${how}`,
    "To see the charges of all accounts, collect in the management account, or name a billing view that it shares, with --billing-view.",
  );
