import type { SendAlert } from "@dapanoskop/budgets";
import { quoted } from "@dapanoskop/core/text";
import type { DeliverySettings } from "../deliver/delivery.ts";
import { messageSender, type SenderDependencies } from "../deliver/message-sender.ts";

/** A budget alerts an audience that the settings do not name. */
export class NoAudienceError extends Error {
  override readonly name = "NoAudienceError";
}

/** Sends the alerts of budgets to the audiences of the report, whatever their schedules and cost centers. */
export const alertSender =
  (settings: Pick<DeliverySettings, "audiences" | "sender">, dependencies: SenderDependencies) =>
  async (name: string): Promise<SendAlert> => {
    const audience = settings.audiences.find((one) => one.name === name);
    if (audience !== undefined) return messageSender(audience, settings, dependencies, []);
    const names = settings.audiences.map((one) => one.name).join(", ") || "none";
    throw new NoAudienceError(
      `A budget alerts the audience ${quoted(name, 40)}, and there is none of that name. There are: ${names}. Name one of them in the budget, or add the audience.`,
    );
  };
