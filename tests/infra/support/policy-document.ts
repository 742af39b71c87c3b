/** One statement as `aws.iam.getPolicyDocument` takes it. */
interface Statement {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly Principal[];
  readonly notPrincipals?: readonly Principal[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

interface Principal {
  readonly type: string;
  readonly identifiers: readonly string[];
}

/** The JSON that the AWS provider makes of `getPolicyDocument`'s statements: one value stands alone, more are a list. */
export function policyDocument({
  version = "2012-10-17",
  policyId,
  statements = [],
}: {
  readonly version?: string;
  readonly policyId?: string;
  readonly statements?: readonly Statement[];
}): string {
  const document = { Version: version, Id: policyId, Statement: statements.map(rendered) };
  return JSON.stringify(document, null, 2);
}

function rendered(statement: Statement) {
  return {
    Sid: statement.sid,
    Effect: statement.effect ?? "Allow",
    Action: alone(statement.actions),
    NotAction: alone(statement.notActions),
    Resource: alone(statement.resources),
    NotResource: alone(statement.notResources),
    Principal: principals(statement.principals),
    NotPrincipal: principals(statement.notPrincipals),
    Condition: conditions(statement.conditions),
  };
}

function alone(values: readonly string[] = []): string | readonly string[] | undefined {
  return values.length > 1 ? values : values[0];
}

function principals(all: readonly Principal[] = []) {
  if (all.length === 0) return undefined;
  if (all.some(({ type, identifiers }) => type === "*" && identifiers.includes("*"))) return "*";
  const types = [...new Set(all.map(({ type }) => type))];
  return Object.fromEntries(
    types.map((type) => [
      type,
      alone(all.filter((one) => one.type === type).flatMap((one) => one.identifiers)),
    ]),
  );
}

function conditions(all: Statement["conditions"] = []) {
  if (all.length === 0) return undefined;
  const tests = [...new Set(all.map(({ test }) => test))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      Object.fromEntries(
        all.filter((one) => one.test === test).map(({ variable, values }) => [variable, alone(values)]),
      ),
    ]),
  );
}
