import { describe, expect, it } from "vitest";
import { code, type Expression, isExpression } from "./expression.ts";
import { Synthesizer } from "./synthesizer.ts";

const expression = () => code("var.name_prefix") as Expression & Readonly<Record<string, () => unknown>>;

describe("an expression", () => {
  const AS_TEXT = "was made into text or a number. Use platform.text, in infra/.";
  const AS_JSON = "was made into JSON. Use platform.json, in infra/.";
  it.each<readonly [string, () => unknown, string]>([
    ["is no text", () => `${expression()}-data`, AS_TEXT],
    ["cannot be joined", () => ["a", expression()].join("-"), AS_TEXT],
    ["has no String()", () => String(expression()), AS_TEXT],
    ["is no number", () => Number(expression()), AS_TEXT],
    ["cannot be compared", () => (expression() as unknown as number) > 5, AS_TEXT],
    // biome-ignore lint/suspicious/noDoubleEquals: the comparison is what the test is about
    ["is equal to no text", () => (expression() as unknown) == "dapanoskop", AS_TEXT],
    [
      "has no apply",
      () => expression().apply?.(),
      "was asked for .apply. Use a platform method (text, choose, forEach), in infra/.",
    ],
    ["has no length", () => expression().length, "was asked for .length"],
    ["has no methods of texts", () => expression().startsWith?.(), "was asked for .startsWith"],
    ["is no JSON", () => JSON.stringify(expression()), AS_JSON],
    ["is no JSON inside a document", () => JSON.stringify({ Resource: [expression()] }), AS_JSON],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
  });

  it("cannot be iterated", () => {
    expect(() => [...(expression() as unknown as Iterable<string>)]).toThrow(TypeError);
  });

  it("passes through promises", async () => {
    expect(isExpression(await Promise.resolve(expression()))).toBe(true);
  });
});

it("the proxy of a resource has expressions as properties, and is neither text nor JSON", () => {
  const synthesizer = new Synthesizer();
  const bucket = synthesizer.subsystem("store", "", () =>
    synthesizer.add("resource", "aws_s3_bucket", "data", {}),
  );
  expect(isExpression((bucket as { readonly arn: unknown }).arn)).toBe(true);
  expect(() => `${bucket}`).toThrow("made into text");
  expect(() => JSON.stringify(bucket)).toThrow("made into JSON");
});
