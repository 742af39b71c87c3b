export { messageOutcome, type Refusals } from "./message-outcome.ts";
export { messageClient, messageTimeouts, sendMessage } from "./send-message.ts";
