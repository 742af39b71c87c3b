import { expect, it } from "vitest";
import { metricLine } from "./index.ts";

it("the figures of a run are a line that CloudWatch reads as metrics", () => {
  const at = Date.UTC(2026, 2, 8, 6);
  const line = metricLine("collector", [{ name: "MonthsQuarantined", unit: "Count", value: 1 }], at);
  expect(JSON.parse(line)).toEqual({
    level: "info",
    message: "Metrics of this invocation.",
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: "Dapanoskop",
          Dimensions: [["FunctionName"]],
          Metrics: [{ Name: "MonthsQuarantined", Unit: "Count" }],
        },
      ],
    },
    FunctionName: "collector",
    MonthsQuarantined: 1,
  });
});
