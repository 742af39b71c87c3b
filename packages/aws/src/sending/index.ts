export { messageOutcome, type Refusals } from "./message-outcome.ts";
export { HAND_OVER, messageClient, messageTimeouts, sendMessage } from "./send-message.ts";
