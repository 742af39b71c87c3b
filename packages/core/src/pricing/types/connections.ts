import { monthHours, monthly } from "../charge.ts";
import type { ResourceCharge } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

export const connectionTypes = [
  chargedType("aws_globalaccelerator_accelerator", (accelerator) => {
    accelerator.note("The premium for data transfer is not priced.");
    return [globalHours("Accelerator", "AWSGlobalAccelerator", "FixedFee")];
  }),
  // Ports cost the same in every location but those of Japan.
  chargedType("aws_dx_connection", (connection) => {
    connection.note("Data transfer out is not priced.");
    const bandwidth = connection.text("bandwidth") ?? "";
    return [monthly(`Port, ${bandwidth}`, "AWSDirectConnect", `PortUsage:${bandwidth}`, "Hrs", monthHours())];
  }),
];

function globalHours(name: string, service: string, family: string): ResourceCharge {
  const charge = monthly(name, service, family, "Hrs", monthHours());
  return { ...charge, key: { ...charge.key, region: "global" } };
}
