#!/usr/bin/env bash
# moto 5.2.1: a Cognito user pool with DeletionProtection ACTIVE is described as protected and is deleted at once, where AWS
# refuses. A table of DynamoDB with the same setting is refused by the same moto, so a test that destroys both sees the one
# fault and not the other.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv venv; venv/bin/pip -q install 'moto[server]==5.2.1' boto3==1.40.61
export AWS_ACCESS_KEY_ID=AKIAEXAMPLE AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=eu-central-1
cat > try.py <<'PY'
import logging, boto3
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"
cognito = boto3.client("cognito-idp", endpoint_url=url)
dynamodb = boto3.client("dynamodb", endpoint_url=url)

def outcome(call):
    try:
        call()
        return "deleted"
    except ClientError as error:
        return f"refused ({error.response['Error']['Code']})"

pool = cognito.create_user_pool(PoolName="people", DeletionProtection="ACTIVE")["UserPool"]["Id"]
described = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
print("the pool is described with DeletionProtection", described.get("DeletionProtection"))
of_pool = outcome(lambda: cognito.delete_user_pool(UserPoolId=pool))
dynamodb.create_table(
    TableName="t", BillingMode="PAY_PER_REQUEST", DeletionProtectionEnabled=True,
    AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}], KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}])
of_table = outcome(lambda: dynamodb.delete_table(TableName="t"))
print("a protected pool is", of_pool)
print("a protected table is", of_table)
server.stop()
assert of_pool == "deleted" and of_table.startswith("refused"), (of_pool, of_table)
assert described.get("DeletionProtection") == "ACTIVE", described
PY
venv/bin/python try.py
