import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadMonthFileRenderer } from "./month-file-renderer.ts";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

describe("the HTML report", () => {
  it("says how to build it where it is not built", async () => {
    const path = join(await aFolder(), "render-month-file.js");
    await expect(loadMonthFileRenderer(path)).rejects.toThrow(
      "The HTML report is not built yet. Run npm run build, then run the command again.",
    );
  });

  it("is not written to a terminal unasked", async () => {
    const { code, out, err } = await dapanoskop(["report", "html"], { terminal: 80 });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("name a file for it, like -o report.html");
    expect(err).toContain("See: dapanoskop help report html");
  });

  it("has its own help, in which the option has a short form", async () => {
    expect((await dapanoskop(["help", "report", "html"])).out).toContain("-o, --output FILE");
  });
});
