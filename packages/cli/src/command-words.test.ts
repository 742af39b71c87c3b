import { describe, expect, it } from "vitest";
import { commandIn } from "./command-words.ts";

const commands = ["show", "report html", "report send"].map((name) => ({ definition: { name } }));
const found = (...argv: readonly string[]) => commandIn(argv, commands);

describe("the words of a command line", () => {
  it("name a command by one word or by two", () => {
    expect(found("show", "--json")).toMatchObject({ command: commands[0], rest: ["--json"] });
    expect(found("report", "html", "-o", "report.html")).toMatchObject({
      command: commands[1],
      rest: ["-o", "report.html"],
    });
  });

  it.each([[["report"]], [["report", "--help"]]])("%j names the commands that share the word", (argv) => {
    expect(found(...argv)).toEqual({ kind: "group", name: "report", commands: commands.slice(1) });
  });

  it.each([
    [[], 'There is no command "". The commands are show, report.'],
    [["rep"], 'There is no command "rep". The commands are show, report.'],
    [["report", "hmtl"], 'dapanoskop report has no command "hmtl". Its commands are html, send.'],
  ])("%j is refused with the names there are", (argv, sentence) => {
    expect(() => found(...argv)).toThrow(sentence);
  });
});
