export { anAudience, DeliveryFixture, type SentMessage } from "./delivery-fixture.ts";
