import { monthHours, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

export const loadBalancingTypes = [
  chargedType("aws_lb", loadBalancerCharges),
  chargedType("aws_alb", loadBalancerCharges),
  chargedType("aws_elb", () => [
    hours("Classic load balancer", "LoadBalancing"),
    monthly(
      "Data processed",
      "AWSELB",
      "DataProcessing-Bytes",
      "GB",
      usage("monthly_data_processed_gb", { hoursFamily: "LoadBalancerUsage" }),
      "LoadBalancing",
    ),
  ]),
];

function loadBalancerCharges(balancer: ResourceReader) {
  const type = balancer.text("load_balancer_type") ?? "application";
  const word = `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
  const operation = `LoadBalancing:${word}`;
  return [
    hours(`${word} load balancer`, operation),
    monthly(
      "Capacity units",
      "AWSELB",
      "LCUUsage",
      "LCU-Hrs",
      usage("monthly_lcu_hours", { hoursFamily: "LoadBalancerUsage" }),
      operation,
    ),
  ];
}

const hours = (name: string, operation: string) =>
  monthly(name, "AWSELB", "LoadBalancerUsage", "Hrs", monthHours(), operation);
