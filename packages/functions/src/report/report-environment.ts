import { AudienceError, type DeliverySettings, reportAudiences, reportSchedule } from "@dapanoskop/report";
import { type ReportOption, type ReportOptionValues, reportOptions } from "@dapanoskop/report/options";
import {
  type Environment,
  EnvironmentError,
  type EnvironmentReader,
  environmentReader,
} from "../lambda/index.ts";

/** How this deployment reports, and what from. */
export interface ReportEnvironment {
  readonly bucket: string;
  /** The table of what was sent. */
  readonly table: string;
  /** SES's configuration set; `null`: none. */
  readonly configurationSet: string | null;
  readonly settings: DeliverySettings;
}

/** @throws EnvironmentError naming each variable that is wrong */
export function reportEnvironment(environment: Environment): ReportEnvironment {
  const read = environmentReader(environment);
  const bucket = read.required("DATA_BUCKET", "the bucket that figures are published to");
  const table = read.required("STATE_TABLE", "the table that records what was sent");
  const configurationSet = read.text("SES_CONFIGURATION_SET");
  const dashboardUrl = read.text("DASHBOARD_URL", {
    matches: "^https://[a-z0-9.-]+$",
    sentence: "must be the page's address, like https://costs.example.com.",
  });
  const values = Object.fromEntries(
    Object.entries(reportOptions).map(([name, option]) => [name, readReportOption(read, option)]),
  ) as unknown as ReportOptionValues;
  read.check();
  return {
    bucket,
    table,
    configurationSet,
    settings: {
      audiences: checkedAudiences(values),
      schedule: reportSchedule(values.schedule),
      sender: values.sender,
      dashboardUrl,
    },
  };
}

function readReportOption(read: EnvironmentReader, option: ReportOption): unknown {
  switch (option.type) {
    case "list":
      return readList(read, option);
    case "switch":
      return read.flag(option.variable, option.default);
    case "choice":
      return read.oneOf(option.variable, option.choices, option.default);
    case "text":
      return read.text(option.variable, option.pattern) ?? option.default;
  }
}

/** A list, separated by commas; its pattern is of each text, and none that matches it has a comma. */
function readList(
  read: EnvironmentReader,
  { variable, pattern }: ReportOption & { readonly type: "list" },
): readonly string[] {
  const one = pattern.matches.replace(/^\^/, "").replace(/\$$/, "");
  const text = read.text(variable, { matches: `^${one}(,${one})*$`, sentence: pattern.sentence });
  return text === null ? [] : text.split(",");
}

function checkedAudiences(values: ReportOptionValues): DeliverySettings["audiences"] {
  try {
    return reportAudiences(values);
  } catch (error) {
    throw error instanceof AudienceError ? new EnvironmentError([error.message]) : error;
  }
}
