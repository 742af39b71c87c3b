/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    return {
      name: "dapanoskop",
      home: "aws",
      // A staging stack goes with all it has; production's buckets stay.
      removal: input.stage === "production" ? "retain" : "remove",
      protect: input.stage === "production",
      providers: {
        aws: {
          version: "7.20.0",
          defaultTags: {
            tags: {
              Project: "Dapanoskop",
              Environment: input.stage,
              ManagedBy: "SST",
              CostCenter: process.env.DAPANOSKOP_COST_CENTER ?? "dapanoskop",
            },
          },
        },
      },
    };
  },
  async run() {
    const { deploy } = await import("./infra/platform-sst.ts");
    return deploy(process.env);
  },
});
