export { type RenderedDataset, renderDataset } from "./render-dataset.ts";
