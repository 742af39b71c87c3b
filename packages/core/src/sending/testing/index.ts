export { aMail, aRenderedMessage, someTags } from "./a-message.ts";
export {
  type Behavior,
  mailerContract,
  notifierContract,
  type OpenSender,
  type SenderUnderTest,
} from "./sender-contract.ts";
