import { jsonText } from "@dapanoskop/core/insight/render";
import { counted, visible } from "@dapanoskop/core/text";
import type { CommandContext } from "../command-context.ts";
import { type DeploymentState, readDeploymentState, STALE_HOURS } from "../deployment/deployment-state.ts";
import { openDeployment } from "../deployment/open-deployment.ts";
import { type Check, pageChecks } from "../deployment/page-checks.ts";
import { UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import type { demoPrepDefinition } from "./deployment-definitions.ts";

/** `dapanoskop demo-prep`: whether a deployment can be shown now. */
export async function demoPrep(
  values: CommandValues<typeof demoPrepDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  if (values.page !== null && !/^https?:\/\/[^/]/.test(values.page)) {
    throw new UsageError("demo-prep", "--page must be an address like https://costs.example.com.");
  }
  const deployment = await openDeployment("demo-prep", values);
  const state = await readDeploymentState(deployment, runtime.clock.now());
  const page = values.page ?? (state.host === null ? null : `https://${state.host}/`);
  const checks = [...stateChecks(state), ...(page === null ? [noPage] : await pageChecks(page))];
  const { region } = deployment.place;
  const addresses = {
    page,
    dashboard: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${values.name}`,
  };
  const failed = checks.filter(({ ok }) => !ok).length;
  if (values.json) {
    out.write(
      jsonText({ schema: 1, name: values.name, ...deployment.place, ready: failed === 0, checks, addresses }),
    );
  } else {
    for (const { what, ok, text } of checks) {
      out.write(`${ok ? "ok  " : "FAIL"}  ${what.padEnd(10)}${visible(text, 500)}\n`);
    }
    out.write(`\nPage:      ${visible(page ?? "unknown", 300)}\nDashboard: ${addresses.dashboard}\n`);
    out.write(failed === 0 ? "Ready.\n" : `Not ready: ${failed} of ${checks.length} checks failed.\n`);
  }
  return failed === 0 ? exitCode.done : exitCode.failed;
}

const noPage: Check = {
  what: "page",
  ok: false,
  text: "the settings of the deployment name no host. Apply the module again, or name the address by --page.",
};

function stateChecks({ schedules, lastRun, data, alarms }: DeploymentState): readonly Check[] {
  const paused = schedules.filter(({ enabled }) => !enabled).map(({ name }) => name);
  const active = alarms.filter((one) => one.state === "ALARM").map(({ name }) => name);
  const isFresh = data !== null && data.ageHours <= STALE_HOURS;
  return [
    {
      what: "schedules",
      ok: paused.length === 0,
      text: paused.length === 0 ? "run" : `${paused.join(", ")} is paused: dapanoskop start resumes it`,
    },
    {
      what: "last run",
      ok: lastRun?.succeeded === true,
      text:
        lastRun === null
          ? "no collection in 14 days: invoke the collector (docs/install.md, step 5)"
          : `${lastRun.at} ${lastRun.succeeded ? "succeeded" : "failed: docs/runbook.md, collect-errors"}`,
    },
    {
      what: "freshness",
      ok: isFresh,
      text:
        data === null
          ? "nothing is published: invoke the collector (docs/install.md, step 5)"
          : `published ${counted(data.ageHours, "hour")} ago${isFresh ? "" : ": docs/runbook.md, stale-data"}`,
    },
    {
      what: "alarms",
      ok: active.length === 0,
      text:
        active.length === 0
          ? `none of ${alarms.length} is active`
          : `${active.join(", ")} is active: docs/runbook.md`,
    },
  ];
}
