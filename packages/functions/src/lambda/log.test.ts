import { describe, expect, it } from "vitest";
import { logTo, withoutAccounts, withoutSecrets } from "./index.ts";

function written(use: (log: ReturnType<typeof logTo>) => void): readonly unknown[] {
  const lines: string[] = [];
  use(logTo((line) => lines.push(line), { request_id: "r-1" }));
  return lines.map((line) => JSON.parse(line));
}

describe("a log line", () => {
  it("is one JSON object with level, message and the fields of all lines", () => {
    const lines = written((log) =>
      log
        .with({ run_id: "run" })
        .warn("Storage is not known.", { period: "2026-02", generation: null, left: undefined }),
    );
    expect(lines).toEqual([
      {
        level: "warn",
        message: "Storage is not known.",
        request_id: "r-1",
        run_id: "run",
        period: "2026-02",
        generation: null,
      },
    ]);
  });

  it("stays one line, and escapes invisible characters of names", () => {
    const lines: string[] = [];
    logTo((line) => lines.push(line)).error(`a\nb\u0000\u202e\u2028${"x".repeat(10_000)}`, {
      name: "c\r\nd\u200b",
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\n\r\u0000-\u001f\u2028\u202e\u200b]/);
    expect(lines[0]?.length).toBeLessThan(3_000);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ name: "c\\u000d\\u000ad\\u200b" });
  });

  it("has 2,000 characters of its message and 1,000 of a field", () => {
    const [line] = written((log) => log.info("ab ".repeat(1_000), { name: "cd ".repeat(1_000) })) as [
      { message: string; name: string },
    ];
    expect([line.message.length, line.name.length]).toEqual([2_001, 1_001]);
  });

  it("keeps its own level and message when a field is called so", () => {
    expect(written((log) => log.info("said", { run: "x" }))).toEqual([
      { level: "info", message: "said", request_id: "r-1", run: "x" },
    ]);
  });

  it("masks account numbers in the message and in every field", () => {
    const [line] = written((log) =>
      log.error("s3://bill-111122223333 refused arn:aws:iam::111122223333:role/x, 1111-2222-3333.", {
        bucket: "bill111122223333",
      }),
    );
    expect(line).toMatchObject({
      message: "s3://bill-(account) refused arn:aws:iam::(account):role/x, (account).",
      bucket: "bill(account)",
    });
  });
});

describe("masking", () => {
  it("leaves the ids of runs and requests and an amount's decimals as they are", () => {
    const ids = "20260308T060000Z-a123456789012bcdef0123456789abcd 12345678-1234-4234-8234-123456789012";
    const numbers = "0.123456789012 12345678901 1234567890123";
    expect(withoutAccounts(`${ids} ${numbers}`)).toBe(`${ids} ${numbers}`);
  });

  it("removes keys, role names and tokens from the message of an unexpected error", () => {
    const words = withoutSecrets(
      `ASIAEXAMPLEKEY1234 arn:aws:sts::111122223333:assumed-role/x/me@example.org ${"QUJD".repeat(20)}== in 111122223333`,
    );
    expect(words).toBe("(access key) arn:… (a long word) in (account)");
  });
});
