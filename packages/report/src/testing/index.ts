export { anAudience, DeliveryFixture, type SentMessage } from "./delivery-fixture.ts";
export { publishDays, storeOfDays } from "./published-days.ts";
