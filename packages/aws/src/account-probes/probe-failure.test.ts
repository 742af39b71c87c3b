import { CostExplorerServiceException } from "@aws-sdk/client-cost-explorer";
import { describe, expect, it } from "vitest";
import { probeFailure } from "./probe-failure.ts";

const metadata = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

describe("the name of a failure", () => {
  it("is the error's own where AWS answers", () => {
    const refused = new CostExplorerServiceException({
      name: "AccessDeniedException",
      $fault: "client",
      message: "not authorized",
      ...metadata(400),
    });
    expect(probeFailure(refused, CostExplorerServiceException).name).toBe("AccessDeniedException");
  });

  it("is the status where something else answers", () => {
    const page = Object.assign(new SyntaxError("Unexpected token '<'"), metadata(502));
    expect(probeFailure(page, CostExplorerServiceException)).toMatchObject({
      kind: "not-aws",
      name: "status 502",
    });
  });

  it("is not repeated where it is no name", () => {
    const odd = Object.assign(new Error("x"), { name: "a name with <spaces>" });
    expect(probeFailure(odd, CostExplorerServiceException).name).toBe("an error");
  });
});
