import { describe, expect, it } from "vitest";
import { dapanoskop } from "./testing/run-command.ts";

describe("a command line", () => {
  it.each([
    [["show", "--perod", "2026-03"], 'dapanoskop show has no option "--perod".', "help show"],
    [["show", "--period"], "--period needs a value.", "help show"],
    [["show", "--period", "March"], '--period must be a month like 2026-03, not "March".', "help show"],
    [["show", "--json=yes"], "--json takes no value.", "help show"],
    [["show", "2026-03"], 'dapanoskop show takes no argument "2026-03".', "help show"],
    [["show", "--store", ""], "--store needs a value, and an empty one was given.", "help show"],
    [
      ["collect", "--at", "yesterday"],
      '--at must be a time like 2026-03-08T06:00:00Z, not "yesterday".',
      "help collect",
    ],
    [["collect", "--at", "2026-03-08T06:00:00"], "--at must be a time like", "help collect"],
    [
      ["collect", "--backfill", "38"],
      '--backfill must be a whole number from 0 to 37, not "38".',
      "help collect",
    ],
    [
      ["collect", "--backfill=-1"],
      '--backfill must be a whole number from 0 to 37, not "-1".',
      "help collect",
    ],
    [
      ["collect", "--backfill", "1.5"],
      '--backfill must be a whole number from 0 to 37, not "1.5".',
      "help collect",
    ],
    [["collect", "--metric", "Cost"], "--metric must be one of UnblendedCost, BlendedCost", "help collect"],
    [["collect", "--provider", "AWS"], "it needs --bill.", "help collect"],
    [["show", "--perod", "2026-03"], 'has no option "--perod". Did you mean --period?', "help show"],
    [
      ["collect", "--bill", "x.csv", "--account", "111122223333"],
      "--billing-view and --account choose a part of Cost Explorer's bill; leave out --bill.",
      "help collect",
    ],
    [["collect", "--forc"], 'has no option "--forc". Did you mean --force?', "help collect"],
    [
      ["serve", "--port", "65536"],
      '--port must be a whole number from 0 to 65535, not "65536".',
      "help serve",
    ],
    [["emulate", "--history", "13"], '--history must be one of 14, 38, not "13".', "help emulate"],
    [["emulate", "--fault", "nonsense"], "nonsense", "help emulate"],
    [["frobnicate"], 'There is no command "frobnicate". The commands are demo, collect', "dapanoskop help"],
    [["help", "frobnicate"], 'There is no command "frobnicate"', "dapanoskop help"],
    [["--frobnicate"], 'There is no command "--frobnicate"', "dapanoskop help"],
  ])("%j is refused with the help to read", async (argv, sentence, help) => {
    const { code, out, err } = await dapanoskop(argv);
    expect(err).toContain(sentence);
    expect(err).toContain(help);
    expect(err.split("\n")).toHaveLength(2);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("shows control characters of an argument as text", async () => {
    const { err } = await dapanoskop(["\u001b[2J\u202e"]);
    expect(err).not.toMatch(/[\u001b\u202e]/);
  });

  it.each([[[]], [["--help"]], [["help"]], [["-h"]]])("%j lists the commands", async (argv) => {
    const { code, out } = await dapanoskop(argv);
    expect(code).toBe(0);
    for (const command of ["demo", "collect", "show", "serve", "emulate", "verify"]) {
      expect(out).toContain(`dapanoskop ${command} `);
    }
  });

  it.each(["demo", "collect", "show", "serve", "emulate", "verify"])(
    "prints the help of %s with help and with --help",
    async (command) => {
      const help = await dapanoskop(["help", command]);
      expect(help.out).toContain(`dapanoskop ${command}\n`);
      expect(help.out.split("\n").every((line) => line.length <= 118)).toBe(true);
      expect(await dapanoskop([command, "--help"])).toEqual(help);
    },
  );

  it("prints its version", async () => {
    expect((await dapanoskop(["--version"])).out).toMatch(/^dapanoskop \d+\.\d+\.\d+\n$/);
  });
});
