import type { CostTrend } from "./trend.ts";

/*
 * What the company lives through in each chapter of two years, month by month: `[months since January of the even
 * year, factor]`. A jump is two months close together.
 */

// Each second spring the platform team converts the volumes that old launch templates keep making.
export const oldVolumes: CostTrend = [
  [0, 0.3],
  [16, 0.8],
  [17.5, 0.08],
];
export const newVolumes: CostTrend = oldVolumes.map(([month, share]) => [month, 1 - share]);

// Rightsized each second February, after the season; grown back by the next.
export const rightsized: CostTrend = [
  [0, 1.2],
  [1, 1.15],
  [1.1, 0.72],
  [9, 0.85],
  [22, 1.15],
];
// A new model for the spring, trained from December on; a smaller one a year later.
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
// Nothing expires until somebody looks: twice a chapter the retention is set, and the pile starts again.
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
// A new assortment before the season needs a bigger index until it is sold.
export const newAssortment: CostTrend = [
  [0, 0.85],
  [7.5, 0.85],
  [8.5, 1.7],
  [12.2, 1.7],
  [12.4, 0.85],
];
// Each second spring the nightly jobs run over the past again.
export const reprocessing: CostTrend = [
  [0, 0.85],
  [3, 0.85],
  [4, 1.8],
  [7, 1.8],
  [7.2, 0.85],
];
// Every lorry gets a sensor and every reading is kept, until somebody counts them.
export const newSensors: CostTrend = [
  [0, 0.8],
  [14.5, 0.8],
  [17.5, 2.1],
  [19.8, 2.2],
  [20, 0.8],
];
// A release that logs and retries too much, found and fixed after a while; it happens again.
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
// Features are computed again from the beginning.
export const backfill: CostTrend = [
  [0, 0.8],
  [5.2, 0.8],
  [6.2, 2.4],
  [9.8, 2.4],
  [10, 0.8],
];

// A lifecycle rule each second autumn: what lies in Standard moves into Intelligent-Tiering, and cools there.
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
// Deleted too early while the rule moved things on: charged for the rest of the minimum.
export const whileItMoves: CostTrend = [
  [0, 0],
  [19.4, 0],
  [19.5, 1],
  [21.5, 0.6],
  [21.6, 0],
];
