import { AwsError } from "../protocol/aws-error.ts";

/** AWS accepts signatures of five minutes before and after its own time. */
const TOLERATED = 5 * 60_000;

/** The emulator's clock with the fault `clock`, whose value is minutes by which it is ahead of this machine's. */
export const clockOf = (minutes: string | null, now: number = Date.now()): Date =>
  new Date(now + Number(minutes ?? 0) * 60_000);

/** Refuses a signature whose time is too far from the clock. @param signed `20260308T060000Z`, of the header x-amz-date */
export function clockRefusal(signed: string, clock: Date): AwsError | null {
  const time = Date.parse(signed.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const difference = clock.getTime() - time;
  if (Math.abs(difference) <= TOLERATED) return null;
  const basic = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, "");
  const isEarlier = difference > 0;
  const limit = basic(new Date(clock.getTime() + (isEarlier ? -TOLERATED : TOLERATED)));
  return new AwsError(
    "InvalidSignatureException",
    isEarlier
      ? `Signature expired: ${signed} is now earlier than ${limit} (${basic(clock)} - 5 min.)`
      : `Signature not yet current: ${signed} is still later than ${limit} (${basic(clock)} + 5 min.)`,
  );
}
