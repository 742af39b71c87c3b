import type { Expression } from "@aws-sdk/client-cost-explorer";
import { CostSourceError } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";

/** The part of a bill that every request is about. */
export interface RequestScope {
  /** The ARN of a billing view; `null`: what the account may see. */
  readonly billingView: string | null;
  /** Linked accounts; empty: all of them. */
  readonly accounts: readonly string[];
}

export const everything: RequestScope = { billingView: null, accounts: [] };

const VIEW = /^arn:aws[a-z-]*:billing::[0-9]{12}:billingview\/[a-zA-Z0-9/:_+=.@-]{1,75}$/;
const ACCOUNT = /^[0-9]{12}$/;

/**
 * The scope of a configuration.
 * @param accounts numbers of twelve digits, separated by commas
 * @throws CostSourceError "validation" on what Cost Explorer would refuse, before it costs a request
 */
export function requestScope(billingView: string | null, accounts: string | null): RequestScope {
  if (billingView !== null && !VIEW.test(billingView)) {
    throw wrong(
      `The billing view ${quoted(billingView)} must read like arn:aws:billing::111122223333:billingview/primary.`,
    );
  }
  const numbers = accounts === null ? [] : accounts.split(",");
  const other = numbers.find((number) => !ACCOUNT.test(number));
  if (other !== undefined) {
    throw wrong(`The account ${quoted(other)} must have twelve digits. Separate several accounts by commas.`);
  }
  return { billingView, accounts: [...new Set(numbers)].sort() };
}

/** What a request has besides its own members: `BillingViewArn`, and a `Filter` that its own one is joined to. */
export function scopeMembers(
  { billingView, accounts }: RequestScope,
  filter?: Expression,
): { readonly BillingViewArn?: string; readonly Filter?: Expression } {
  const ofAccounts: readonly Expression[] =
    accounts.length === 0 ? [] : [{ Dimensions: { Key: "LINKED_ACCOUNT", Values: [...accounts] } }];
  const [first, ...others] = [...ofAccounts, ...(filter === undefined ? [] : [filter])];
  const joined = first === undefined || others.length === 0 ? first : { And: [first, ...others] };
  return {
    ...(billingView !== null && { BillingViewArn: billingView }),
    ...(joined !== undefined && { Filter: joined }),
  };
}

const wrong = (sentence: string) => new CostSourceError("validation", null, sentence);
