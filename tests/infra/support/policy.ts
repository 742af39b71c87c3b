/** An IAM or resource policy, as JSON has it. */
export interface Policy {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

type OneOrMore = string | readonly string[];

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly AWS?: OneOrMore; readonly Service?: OneOrMore };
  readonly Action: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** The principal of a request: an IAM role or user by ARN, a service of AWS, or anybody without credentials. */
export type Principal = { readonly arn: string } | { readonly service: string } | "anybody";

export interface PolicyRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; what is not there is absent from it. */
  readonly context?: Readonly<Record<string, string>>;
}

export type Decision = "allowed" | "denied" | "not allowed";

export const all = (values: OneOrMore | undefined): readonly string[] =>
  values === undefined ? [] : typeof values === "string" ? [values] : values;

/**
 * AWS's decision on a request within one account: an explicit denial comes first, then an allowance by the resource's policy
 * or by the principal's own. KMS needs an allowance by the key's policy; where that names the account's root, the principal's
 * own policies decide. Service control policies and permissions boundaries are not evaluated.
 * @param policies the principal's own and the resource's
 * @throws TypeError at a condition operator that is not supported
 */
export function decide(
  request: PolicyRequest,
  { own = [], resource }: { readonly own?: readonly Policy[]; readonly resource?: Policy },
): Decision {
  const ownStatements = own.flatMap((policy) => policy.Statement);
  const others = resource?.Statement ?? [];
  const holds = (statement: Statement) =>
    matches(statement.Action, request.action.toLowerCase(), true) &&
    (statement.Resource === undefined || matches(statement.Resource, request.resource)) &&
    conditionsHold(statement, request);
  const isNamed = (statement: Statement) => names(statement, request.principal);

  const denied = [...ownStatements, ...others.filter((one) => isNamed(one) || isDelegated(one, request))];
  if (denied.some((one) => one.Effect === "Deny" && holds(one))) return "denied";

  const allows = (statement: Statement) => statement.Effect === "Allow" && holds(statement);
  const byName = others.some((one) => isNamed(one) && allows(one));
  const byItself = ownStatements.some(allows);
  const byDelegation = others.some((one) => isDelegated(one, request) && allows(one)) && byItself;
  const isKms = request.action.toLowerCase().startsWith("kms:") && resource !== undefined;
  return byName || byDelegation || (byItself && !isKms) ? "allowed" : "not allowed";
}

function names({ Principal: principal }: Statement, who: Principal): boolean {
  if (principal === undefined) return false;
  if (principal === "*") return true;
  if (all(principal.AWS).includes("*")) return true;
  if (who === "anybody") return false;
  if ("service" in who) return all(principal.Service).includes(who.service);
  return all(principal.AWS).includes(who.arn);
}

/** Whether a statement names the account of an ARN as a whole. */
function isDelegated({ Principal: principal }: Statement, { principal: who }: PolicyRequest): boolean {
  if (principal === undefined || principal === "*" || who === "anybody" || "service" in who) return false;
  const account = who.arn.split(":")[4];
  return all(principal.AWS).some((arn) => arn.endsWith(`:iam::${account}:root`));
}

function conditionsHold({ Condition: conditions = {} }: Statement, request: PolicyRequest): boolean {
  const given = new Map(
    Object.entries({ ...ofPrincipal(request.principal), ...request.context }).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]),
  );
  return Object.entries(conditions).every(([operator, tests]) =>
    Object.entries(tests).every(([key, values]) => test(operator, given.get(key.toLowerCase()), all(values))),
  );
}

function ofPrincipal(principal: Principal): Readonly<Record<string, string>> {
  return typeof principal === "object" && "arn" in principal ? { "aws:PrincipalArn": principal.arn } : {};
}

/** A key that is absent fails a test, unless the test is that something is not so. */
function test(operator: string, given: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case "Null":
      return values.includes(String(given === undefined));
    case "StringEquals":
      return given !== undefined && values.includes(given);
    case "ArnEquals":
      return given !== undefined && matches(values, given);
    case "ArnNotEquals":
      return given === undefined || !matches(values, given);
    case "Bool":
      return given !== undefined && values.includes(given);
    case "NumericLessThan":
      return given !== undefined && values.some((value) => Number(given) < Number(value));
    default:
      throw new TypeError(`The condition operator ${operator} is not supported by these tests.`);
  }
}

function matches(patterns: OneOrMore, text: string, ignoresCase = false): boolean {
  return all(patterns).some((pattern) => glob(ignoresCase ? pattern.toLowerCase() : pattern).test(text));
}

const glob = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  );
