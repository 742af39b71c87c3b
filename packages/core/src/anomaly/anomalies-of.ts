import type { Day } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import type { Anomaly } from "./anomaly.ts";

/**
 * The unusual costs of a day, largest excess first (a fall counts as its size); ties by name. Each event once: as the
 * usage type that explains its service, else as the service; a cost center only where no service explains it.
 * @param day one of the days of the figures, complete; otherwise there is none
 */
export function anomaliesOf(_figures: DailyFigures, _day: Day): readonly Anomaly[] {
  return [];
}
