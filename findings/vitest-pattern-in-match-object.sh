#!/usr/bin/env bash
# Vitest 4.1.12: toMatchObject with a pattern as the expected value passes for every text, also for one that the pattern does not
# match: a RegExp has no fields of its own, so it counts as a part of everything. toEqual refuses it, whatever the text is, and
# expect.stringMatching compares.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts vitest@4.1.12 >/dev/null
cat > some.test.js <<'JS'
import { expect, it } from "vitest";
const passes = (assertion) => {
  try {
    assertion();
    return true;
  } catch {
    return false;
  }
};
it("compares a text with a pattern", () => {
  const seen = {
    toMatchObject: passes(() => expect({ text: "a" }).toMatchObject({ text: /b/ })),
    toEqual: passes(() => expect({ text: "b" }).toEqual({ text: /b/ })),
    stringMatching: passes(() => expect({ text: "a" }).toMatchObject({ text: expect.stringMatching(/b/) })),
  };
  console.log(seen);
  expect(seen).toEqual({ toMatchObject: true, toEqual: false, stringMatching: false });
});
JS
npx vitest run --reporter verbose
