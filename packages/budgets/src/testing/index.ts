export { alertRaceContract } from "./alert-race.ts";
export { BudgetFixture, WATCHED } from "./budget-fixture.ts";
