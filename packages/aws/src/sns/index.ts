export { type SnsAccess, type SnsOptions, snsNotifier } from "./sns-notifier.ts";
