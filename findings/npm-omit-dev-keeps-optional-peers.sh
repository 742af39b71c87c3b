#!/usr/bin/env bash
# npm 11: a package that is a development dependency and also some package's optional peer stays in an installation without development
# dependencies, and in every list of packages that is made of `npm ls --omit=dev`: valibot 1.5.0 names TypeScript, to have its types.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
echo '{"private":true,"dependencies":{"valibot":"1.5.0"},"devDependencies":{"typescript":"5.9.3"}}' > package.json
npm install --no-audit --no-fund --ignore-scripts >/dev/null
npm ci --omit=dev --no-audit --no-fund --ignore-scripts >/dev/null
echo "Installed without development dependencies: $(ls node_modules | tr '\n' ' ')"
echo "Listed: $(npm ls --all --omit=dev --parseable | sed 's#.*/##' | tail -n +2 | tr '\n' ' ')"
test -d node_modules/typescript
npm ls --all --omit=dev --parseable | grep -q '/typescript$'
# Without the peer it is gone.
echo '{"private":true,"devDependencies":{"typescript":"5.9.3"}}' > package.json; rm package-lock.json
npm install --no-audit --no-fund --ignore-scripts >/dev/null
npm ci --omit=dev --no-audit --no-fund --ignore-scripts >/dev/null
test ! -d node_modules/typescript
