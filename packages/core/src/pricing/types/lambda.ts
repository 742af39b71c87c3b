import { fixed, HOURS_A_MONTH, monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";
import { requiredNumber } from "./required.ts";

const lambda = (name: string, family: string, unit: string, quantity: ResourceCharge["quantity"]) =>
  monthly(name, "AWSLambda", family, unit, quantity);

const MIB_MILLISECONDS_OF_A_GB_SECOND = 1024 * 1000;
const INCLUDED_STORAGE_MIB = 512;

/** A usage type of functions on Graviton ends so. */
const suffixOf = (fn: ResourceReader) =>
  fn.count("architectures") > 0 && fn.text("architectures.0") === "arm64" ? "-ARM" : "";

/** Requests, and memory by the second. The free tier is the account's, so it is not taken off one function. */
function functionCharges(fn: ResourceReader): readonly ResourceCharge[] {
  const memory = requiredNumber(fn, "memory_size");
  const suffix = suffixOf(fn);
  const storage =
    fn.count("ephemeral_storage") === 0
      ? 0
      : (fn.number("ephemeral_storage.0.size") ?? 0) - INCLUDED_STORAGE_MIB;
  const gbSeconds = (mib: number) =>
    usage(["monthly_requests", "request_duration_ms"], {
      times: [mib],
      dividedBy: MIB_MILLISECONDS_OF_A_GB_SECOND,
    });
  return [
    lambda("Requests", `Request${suffix}`, "Requests", usage("monthly_requests")),
    lambda("Duration", `Lambda-GB-Second${suffix}`, "Lambda-GB-Second", gbSeconds(memory)),
    ...(storage > 0 ? [lambda("Storage", "Lambda-Storage-GB-Second", "GB-Seconds", gbSeconds(storage))] : []),
  ];
}

/** Concurrency that is kept ready is charged all month; requests are charged with the function. */
function concurrencyCharges(config: ResourceReader): readonly ResourceCharge[] {
  const fn = config.related("function_name", "aws_lambda_function");
  if (fn === null) throw new UnknownValueError("function_name", "is of a function that is not in the plan");
  const count = requiredNumber(config, "provisioned_concurrent_executions");
  const family = `Lambda-Provisioned-Concurrency${suffixOf(fn)}`;
  const seconds = fixed(count, requiredNumber(fn, "memory_size") / 1024, HOURS_A_MONTH, 3600);
  return [lambda("Provisioned concurrency", family, "Lambda-GB-Second", seconds)];
}

export const lambdaTypes: readonly ResourceType[] = [
  chargedType("aws_lambda_function", functionCharges),
  chargedType("aws_lambda_provisioned_concurrency_config", concurrencyCharges),
];
