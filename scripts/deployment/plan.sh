#!/usr/bin/env bash
# Plans the generated module for a deployment, and says what the plan is: its fingerprint, and whether it changes something.
# The plan stays in .cache/deployment of this machine: it has secrets that its redacted form has not.
#   STATE_BUCKET, STATE_KEY, AWS_REGION   where the state is
#   TFVARS                                the content of terraform.tfvars
#   APPROVED                              the fingerprint of the plan that was approved; another plan is refused
#   TF_BIN                                the tool: tofu, unless it says otherwise
set -euo pipefail
cd "$(dirname "$0")/../.."
tool=${TF_BIN:-tofu}
: "${STATE_BUCKET:?Name the bucket of the state in STATE_BUCKET.}"
: "${STATE_KEY:?Name the key of the state in STATE_KEY, such as dapanoskop/terraform.tfstate.}"
: "${AWS_REGION:?Name the region in AWS_REGION.}"
: "${TFVARS:?Give the content of terraform.tfvars in TFVARS. terraform-export/terraform.tfvars.example has the inputs.}"

work=.cache/deployment
npm run --silent export
rm -rf "$work" && mkdir -p "$work" && cp -R terraform-export/. "$work"
printf '%s\n' "$TFVARS" > "$work/terraform.tfvars"
cat > "$work/backend_override.tf" <<'TF'
terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
TF
"$tool" -chdir="$work" init -input=false -backend-config="bucket=$STATE_BUCKET" -backend-config="key=$STATE_KEY" \
  -backend-config="region=$AWS_REGION"
"$tool" -chdir="$work" plan -input=false -out=plan.bin
"$tool" -chdir="$work" show -json plan.bin > "$work/plan.json"

summary=$(node scripts/with-dependencies.mjs dapanoskop plan "$work/plan.json" --region "$AWS_REGION" --format json)
read -r fingerprint changes <<< "$(node -e '
  const { fingerprint, counts } = JSON.parse(process.argv[1]);
  const { no_op, read, ...others } = counts;
  console.log(fingerprint, Object.values(others).some((count) => count > 0));
' "$summary")"
if [ -n "${APPROVED:-}" ] && [ "$APPROVED" != "$fingerprint" ]; then
  echo "The plan is another one than the approved plan: something changed meanwhile. Run the workflow again, and approve the new plan." >&2
  exit 1
fi
{ echo "fingerprint=$fingerprint"; echo "changes=$changes"; } >> "${GITHUB_OUTPUT:-/dev/stdout}"
