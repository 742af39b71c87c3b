export { alertRaceContract, type RacedAlerts } from "./alert-race.ts";
export { BudgetFixture, type SentAlert, WATCHED } from "./budget-fixture.ts";
