import { GetCallerIdentityCommand, STSClient, STSServiceException } from "@aws-sdk/client-sts";
import type { CallerIdentity, Probe } from "@dapanoskop/doctor";
import * as v from "valibot";
import { BEFORE_PARSING, type ObservedAnswers } from "./observed-answers.ts";
import { probeClient, sendProbe } from "./send-probe.ts";

const Answer = v.object({ Account: v.pipe(v.string(), v.regex(/^\d{12}$/)), Arn: v.string() });

/** `sts:GetCallerIdentity`: free, and every identity may call it. */
export async function identityProbe(
  region: string,
  observed: ObservedAnswers,
): Promise<Probe<CallerIdentity>> {
  const client = new STSClient({ region, ...probeClient });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      observed.record(result.response, false);
      return result;
    },
    BEFORE_PARSING,
  );
  const send = (options: { readonly abortSignal: AbortSignal }) =>
    client.send(new GetCallerIdentityCommand({}), options);
  const probe = await sendProbe(STSServiceException, send, (answer) => {
    const { Account, Arn } = v.parse(Answer, answer);
    return { account: Account, ...callerOf(Arn) };
  });
  client.destroy();
  return probe;
}

/** `arn:aws:sts::111122223333:assumed-role/Admin/session`: the session often has a person's name and is left out. */
function callerOf(arn: string): Omit<CallerIdentity, "account"> {
  const [, partition = "aws", , , , ...rest] = arn.split(":");
  const [type = "", ...names] = rest.join(":").split("/");
  if (type === "root") return { partition, kind: "root", name: "" };
  if (type === "user") return { partition, kind: "user", name: names.at(-1) ?? "" };
  if (type === "assumed-role") return { partition, kind: "role", name: names[0] ?? "" };
  return { partition, kind: "other", name: "" };
}
