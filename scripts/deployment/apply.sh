#!/usr/bin/env bash
# Applies the plan that plan.sh made, and says where the page and the figures are.
#   TF_BIN   the tool: tofu, unless it says otherwise
set -euo pipefail
cd "$(dirname "$0")/../../.cache/deployment"
tool=${TF_BIN:-tofu}
"$tool" apply -input=false plan.bin
{ echo "page=$("$tool" output -raw url)"; echo "bucket=$("$tool" output -raw data_bucket)"; } >> "${GITHUB_OUTPUT:-/dev/stdout}"
