#!/usr/bin/env bash
# moto 5.2.1: a bucket policy is enforced on every request, but without its Condition. A policy that denies only what comes
# without TLS (aws:SecureTransport false), or only writes without If-None-Match, denies every request of the bucket.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv venv; venv/bin/pip -q install 'moto[s3,server]==5.2.1' boto3==1.40.61
export AWS_ACCESS_KEY_ID=AKIAEXAMPLE AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=eu-central-1
cat > try.py <<'PY'
import json, logging, boto3
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
s3 = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
location = {"LocationConstraint": "eu-central-1"}

def outcome(name, condition):
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=location)
    s3.put_object(Bucket=name, Key="a", Body=b"1")
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{name}/*"]}
    if condition is not None:
        statement["Condition"] = condition
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    try:
        s3.get_object(Bucket=name, Key="a")
        return "allowed"
    except ClientError as error:
        return error.response["Error"]["Code"]

seen = {
    "no condition": outcome("plain", None),
    "a condition that never holds": outcome("never", {"StringEquals": {"aws:PrincipalAccount": "999999999999"}}),
    "a condition on a date in the past": outcome("past", {"DateLessThan": {"aws:CurrentTime": "2001-01-01T00:00:00Z"}}),
}
for what, result in seen.items():
    print(f"Deny with {what}: {result}")
server.stop()
assert set(seen.values()) == {"403"}, seen
PY
venv/bin/python try.py
