import {
  DescribeOrganizationCommand,
  OrganizationsClient,
  OrganizationsServiceException,
} from "@aws-sdk/client-organizations";
import type { OrganizationRole, Probe } from "@dapanoskop/doctor";
import * as v from "valibot";
import { BEFORE_PARSING, type ObservedAnswers } from "./observed-answers.ts";
import { probeClient, sendProbe } from "./send-probe.ts";

const Answer = v.object({
  Organization: v.object({ MasterAccountId: v.pipe(v.string(), v.regex(/^\d{12}$/)) }),
});

/** `organizations:DescribeOrganization`: free, and every account of an organization may call it. */
export async function organizationProbe(
  account: string,
  region: string,
  observed: ObservedAnswers,
): Promise<Probe<OrganizationRole>> {
  const client = new OrganizationsClient({ region, ...probeClient });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      observed.record(result.response, false);
      return result;
    },
    BEFORE_PARSING,
  );
  const probe = await sendProbe<unknown, OrganizationRole>(
    OrganizationsServiceException,
    (options) => client.send(new DescribeOrganizationCommand({}), options),
    (answer) => {
      const payer = v.parse(Answer, answer).Organization.MasterAccountId;
      return payer === account ? { role: "payer" } : { role: "member", payer };
    },
  );
  client.destroy();
  const isNone = probe.outcome === "failed" && probe.failure.kind === "not-found";
  return isNone ? { outcome: "answered", value: { role: "standalone" } } : probe;
}
