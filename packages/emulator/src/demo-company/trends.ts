import type { CostTrend } from "./trend.ts";

/*
 * The trends of amounts in each two-year cycle: `[months since January of the even year, factor]`. Two points close
 * together are a jump.
 */

// Each second spring the platform team converts the gp2 volumes that old launch templates create to gp3.
export const oldVolumes: CostTrend = [
  [0, 0.3],
  [16, 0.8],
  [17.5, 0.08],
];
export const newVolumes: CostTrend = oldVolumes.map(([month, share]) => [month, 1 - share]);

// The servers are rightsized each second February, after the season, and grow until the next one.
export const rightsized: CostTrend = [
  [0, 1.2],
  [1, 1.15],
  [1.1, 0.72],
  [9, 0.85],
  [22, 1.15],
];
// A new model for the spring is trained from December on, a smaller one a year later.
export const modelYear: CostTrend = [
  [0, 1.5],
  [1, 2],
  [2, 2.5],
  [4.5, 2.5],
  [5, 1],
  [11, 0.95],
  [12, 1.7],
  [14, 1.9],
  [14.5, 0.8],
  [22.8, 0.8],
];
// The stored amount grows because nothing expires. Twice a cycle a retention period removes old data.
export const piledUp: CostTrend = [
  [0, 1.25],
  [2.5, 1.7],
  [6, 2],
  [6.3, 0.9],
  [13, 1.3],
  [16, 1.8],
  [16.2, 0.8],
  [22, 0.9],
];
// A new assortment before the season enlarges the search index until the assortment is sold.
export const newAssortment: CostTrend = [
  [0, 0.85],
  [7.5, 0.85],
  [8.5, 1.7],
  [12.2, 1.7],
  [12.4, 0.85],
];
// Each second spring the nightly jobs process past data again.
export const reprocessing: CostTrend = [
  [0, 0.85],
  [3, 0.85],
  [4, 1.8],
  [7, 1.8],
  [7.2, 0.85],
];
// Every lorry gets a sensor, and every reading is stored until the team reduces the number of readings.
export const newSensors: CostTrend = [
  [0, 0.8],
  [14.5, 0.8],
  [17.5, 2.1],
  [19.8, 2.2],
  [20, 0.8],
];
// A release logs and retries too much until it is fixed. This happens twice in a cycle.
export const chattyRelease: CostTrend = [
  [0, 0.9],
  [9, 0.9],
  [10, 1.6],
  [12.8, 1.7],
  [13, 0.9],
  [18, 0.9],
  [19.5, 1.9],
  [21.5, 1.9],
  [21.7, 0.9],
];
// The jobs compute all features again.
export const backfill: CostTrend = [
  [0, 0.8],
  [5.2, 0.8],
  [6.2, 2.4],
  [9.8, 2.4],
  [10, 0.8],
];

// Each second autumn a lifecycle rule moves objects from Standard to Intelligent-Tiering, then to its infrequent tier.
export const beforeTheRule: CostTrend = [
  [0, 0.38],
  [19, 1],
  [22, 0.32],
];
export const frequentAfter: CostTrend = [
  [0, 0.42],
  [3, 0.3],
  [19, 0.25],
  [22, 0.5],
];
export const infrequentAfter: CostTrend = [
  [0, 0.95],
  [4, 1],
  [19, 0.5],
  [22, 0.85],
];
export const archived: CostTrend = [
  [0, 0.98],
  [19, 1.02],
  [22, 0.94],
];
// While the rule moves objects, some are deleted early. S3 charges the rest of their minimum storage duration.
export const whileItMoves: CostTrend = [
  [0, 0],
  [19.4, 0],
  [19.5, 1],
  [21.5, 0.6],
  [21.6, 0],
];
