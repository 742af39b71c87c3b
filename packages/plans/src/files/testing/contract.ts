import type { PlanFileKey, PlanFiles } from "../plan-files.ts";

/** The parts of vitest that the suite uses; an argument, so that this file does not load vitest. */
type PlanFilesTestApi = Pick<typeof import("vitest"), "describe" | "it" | "expect">;

export interface PlanFilesUnderTest {
  readonly name: string;
  /** Opens new, empty files with so many clients: each is a connection of its own. */
  open(clients: number): Promise<readonly [PlanFiles, ...PlanFiles[]]>;
}

const id = (digit: string) => digit.repeat(32);
const KEY: PlanFileKey = { owner: "user:a", project: "acme/infra", planId: id("a") };
const KEYS: readonly PlanFileKey[] = [
  KEY,
  { ...KEY, owner: "user:A" },
  { ...KEY, owner: "group:a" },
  { ...KEY, owner: "group:=a" },
  { ...KEY, owner: "local" },
  { ...KEY, owner: "user:.." },
  { ...KEY, project: "Acme/infra" },
  { ...KEY, project: "acme" },
  { ...KEY, project: "acme/infra/x" },
  { ...KEY, project: "acme//infra" },
  { ...KEY, project: "acme/../infra" },
  { ...KEY, project: "acme_2finfra" },
  { ...KEY, project: "acme-2Finfra" },
  { ...KEY, project: "l".repeat(50) },
  { ...KEY, owner: `user:${"x".repeat(120)}`, project: `a${"/".repeat(49)}` },
  { ...KEY, planId: id("b") },
];

const NO_KEYS: readonly PlanFileKey[] = [
  { ...KEY, owner: "" },
  { ...KEY, owner: "user:" },
  { ...KEY, owner: "user:a#b" },
  { ...KEY, owner: "user:a/b" },
  { ...KEY, owner: "root" },
  { ...KEY, project: "" },
  { ...KEY, project: "../x" },
  { ...KEY, project: "/x" },
  { ...KEY, project: "a#b" },
  { ...KEY, project: "a\0" },
  { ...KEY, planId: "" },
  { ...KEY, planId: "../../x" },
  { ...KEY, planId: id("A") },
];

const bytes = (content: string) => new TextEncoder().encode(content);
const text = (body: Uint8Array | null) => (body === null ? null : new TextDecoder().decode(body));

/** What every `PlanFiles` must do. One suite, run against memory, a folder and S3. */
export function planFilesContract(
  { describe, it, expect }: PlanFilesTestApi,
  { name, open }: PlanFilesUnderTest,
): void {
  describe(`files of plans: ${name}`, () => {
    it("are none before they are written", async () => {
      const [files] = await open(1);
      expect(await files.get(KEY)).toBeNull();
      await files.delete(KEY);
      expect(files.place).not.toBe("");
    });

    it("come back byte for byte, to every client", async () => {
      const [files, other = files] = await open(2);
      const body = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
      await files.putIfAbsent(KEY, body);
      expect(Buffer.from((await other.get(KEY)) ?? []).equals(Buffer.from(body))).toBe(true);
      await files.putIfAbsent({ ...KEY, planId: id("e") }, new Uint8Array());
      expect(await other.get({ ...KEY, planId: id("e") })).toHaveLength(0);
    });

    it("are kept apart by owner, project and plan", async () => {
      const [files] = await open(1);
      for (const key of KEYS) {
        expect(await files.get(key), JSON.stringify(key)).toBeNull();
        await files.putIfAbsent(key, bytes(JSON.stringify(key)));
      }
      for (const key of KEYS) {
        expect(text(await files.get(key))).toBe(JSON.stringify(key));
      }
      await files.delete(KEY);
      for (const key of KEYS) expect((await files.get(key)) === null).toBe(key === KEY);
    });

    it("stay as they were first written", async () => {
      const [files] = await open(1);
      await files.putIfAbsent(KEY, bytes("first"));
      await files.putIfAbsent(KEY, bytes("second"));
      expect(text(await files.get(KEY))).toBe("first");
    });

    it("can be written again after they were deleted", async () => {
      const [files, other = files] = await open(2);
      await files.putIfAbsent(KEY, bytes("first"));
      await other.delete(KEY);
      expect(await files.get(KEY)).toBeNull();
      await files.putIfAbsent(KEY, bytes("second"));
      expect(text(await other.get(KEY))).toBe("second");
    });

    it("are whole, also when twenty clients write one at once", async () => {
      const clients = await open(20);
      const bodies = clients.map((_, at) => `${at} `.repeat(20_000));
      await Promise.all(clients.map((client, at) => client.putIfAbsent(KEY, bytes(bodies[at] ?? ""))));
      const [files] = clients;
      expect(bodies).toContain(text(await files.get(KEY)));
    });

    it("have no other keys: those are refused in every verb", async () => {
      const [files] = await open(1);
      for (const key of NO_KEYS) {
        const calls = [
          () => files.get(key),
          () => files.delete(key),
          () => files.putIfAbsent(key, bytes("x")),
        ];
        for (const call of calls) {
          await expect((async () => call())(), JSON.stringify(key)).rejects.toThrow(RangeError);
        }
      }
    });
  });
}
