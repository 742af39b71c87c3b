export { aMail, aRenderedMessage, someTags } from "./a-message.ts";
export {
  type Behavior,
  mailerContract,
  notifierContract,
  type OpenSender,
  type SenderUnderTest,
} from "./sender-contract.ts";
export { type RacedState, sendingRaceContract } from "./sending-race.ts";
