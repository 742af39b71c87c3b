#!/usr/bin/env bash
# Biome 2.5.15 with fast-check 4.10.2: noFloatingPromises reports `fc.assert(fc.property(…))`, which returns void.
# `assert` is overloaded: a promise for an asynchronous property, void for a synchronous one. The rule does not choose the
# overload by the argument. A function that is declared to return void is not reported, so the rule itself is active.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts @biomejs/biome@2.5.15 fast-check@4.10.2 >/dev/null
echo '{ "linter": { "rules": { "preset": "none", "nursery": { "noFloatingPromises": "error" } } } }' > biome.json
cat > synchronous.ts <<'TS'
import * as fc from "fast-check";
fc.assert(fc.property(fc.integer(), (n) => n === n));
TS
cat > plain.ts <<'TS'
function check(): void {}
check();
TS
cat > floating.ts <<'TS'
async function work(): Promise<void> {}
work();
TS
node -e 'const fc = require("fast-check"); if (fc.assert(fc.property(fc.integer(), (n) => n === n)) !== undefined) process.exit(1)'
reported() { npx biome lint "$1" 2>&1 | grep -c "lint/nursery/noFloatingPromises" || true; }
echo "reports: synchronous property $(reported synchronous.ts), plain call $(reported plain.ts), floating promise $(reported floating.ts)"
[ "$(reported synchronous.ts)" = 1 ]; [ "$(reported plain.ts)" = 0 ]; [ "$(reported floating.ts)" = 1 ]
