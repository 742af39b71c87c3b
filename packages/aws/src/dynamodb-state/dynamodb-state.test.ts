import { sendingRaceContract } from "@dapanoskop/core/sending/testing";
import { stateStoreContract } from "@dapanoskop/core/state/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { dynamoDbState } from "./index.ts";
import { localTables, type TableAction } from "./testing/local-table.ts";

const throttled: TableAction = { status: 400, name: "ProvisionedThroughputExceededException" };
const tables = await localTables();
afterEach(() => tables.decide(() => "passes"));
afterAll(() => tables.close());

stateStoreContract({ describe, it, expect }, { name: "DynamoDB", open: (clients) => tables.open(clients) });

sendingRaceContract(
  { describe, it, expect },
  { name: "DynamoDB", faultyRaces: 10, open: (clients) => tables.open(clients) },
);

sendingRaceContract(
  { describe, it, expect },
  {
    name: "DynamoDB that throttles every third request, and loses the answers of others",
    faultyRaces: 10,
    async open(clients) {
      const opened = await tables.open(clients);
      tables.decide(({ number }) =>
        number % 3 === 0 ? throttled : number % 7 === 0 ? "answer-lost" : "passes",
      );
      return opened;
    },
  },
);

const KEY = { partition: "report#2026-01-14", sort: "everyone" };
const state = (value: unknown, expiresAt: string | null = null) => ({ value, expiresAt });

async function openOne(options: Parameters<typeof tables.open>[1] = {}) {
  const [store] = await tables.open(1, options);
  if (store === undefined) throw new Error("none was opened");
  return store;
}

const operations = () => tables.calls.map(({ operation }) => operation);

describe("a table of DynamoDB", () => {
  it("reads strongly consistently, writes under a condition, and names the attribute that ends a record", async () => {
    const store = await openOne();
    tables.decide(() => "passes");
    const put = await store.putIfAbsent(KEY, state({ a: 1 }, "2027-02-18T06:00:00Z"));
    if (put.outcome !== "written") throw new Error("refused");
    await store.putIfVersion(KEY, state(2), put.version);
    await store.get(KEY);
    await store.list(KEY.partition);
    const [created, replaced, read, listed] = tables.calls.map(({ body }) => body);
    expect(created).toMatchObject({
      ConditionExpression: "attribute_not_exists(pk)",
      Item: {
        pk: { S: KEY.partition },
        sk: { S: KEY.sort },
        value: { S: '{"a":1}' },
        version: { S: put.version },
        expires: { N: String(Date.parse("2027-02-18T06:00:00Z") / 1_000) },
      },
    });
    expect(replaced).toMatchObject({ ExpressionAttributeValues: { ":version": { S: put.version } } });
    expect(replaced?.Item).not.toHaveProperty("expires");
    expect(read).toMatchObject({ ConsistentRead: true });
    expect(listed).toMatchObject({ ConsistentRead: true });
  });

  it("reads a partition page by page", async () => {
    const store = await openOne();
    for (let at = 0; at < 9; at++) {
      await store.putIfAbsent({ partition: "large", sort: `s${at}` }, state("x".repeat(250_000)));
    }
    tables.decide(() => "passes");
    expect(await store.list("large")).toHaveLength(9);
    expect(tables.calls.length).toBeGreaterThan(1);
  });

  it("reads a page again when it is throttled or lost, and loses no record", async () => {
    const store = await openOne();
    for (let at = 0; at < 9; at++) {
      await store.putIfAbsent({ partition: "large", sort: `s${at}` }, state("x".repeat(250_000)));
    }
    tables.decide(({ number }) => (number === 2 ? throttled : number === 3 ? "answer-lost" : "passes"));
    expect((await store.list("large")).map(({ key }) => key.sort)).toEqual(
      Array.from({ length: 9 }, (_, at) => `s${at}`),
    );
    expect(tables.calls.length).toBeGreaterThan(3);
  });

  it.each([
    [
      "throttled",
      throttled,
      "throttled",
      /everyone of report#2026-01-14 could not be read from the table state-\d+: DynamoDB asked for fewer requests \("ProvisionedThroughputExceededException"\), 4 times\. Set the table to on-demand/,
    ],
    ["throttled by its requests", { status: 400, name: "ThrottlingException" }, "throttled", /4 times/],
    [
      "failing",
      { status: 500, name: "InternalServerError" },
      "unreachable",
      /DynamoDB failed 4 times, at last with status 500 \("InternalServerError"\)\. Run again later/,
    ],
    [
      "not there",
      "request-lost",
      "unreachable",
      /DynamoDB gave no answer, 4 times .*Check the network's way to the table/,
    ],
  ] as const)("is read four times while it is %s", async (_, action, failure, sentence) => {
    const store = await openOne();
    tables.decide(() => action);
    await expect(store.get(KEY)).rejects.toMatchObject({ failure, message: expect.stringMatching(sentence) });
    expect(operations()).toEqual(["GetItem", "GetItem", "GetItem", "GetItem"]);
  });

  it.each([
    ["throttled", throttled, "throttled", false],
    ["throttled by its requests", { status: 400, name: "RequestLimitExceeded" }, "throttled", false],
    ["in a conflict", { status: 400, name: "TransactionConflictException" }, "throttled", false],
    ["failing", { status: 500, name: "InternalServerError" }, "unknown-outcome", false],
    ["unavailable", { status: 503, name: "ServiceUnavailable" }, "unknown-outcome", false],
    ["answering something else", { status: 200, text: "<html>" }, "unknown-outcome", false],
    ["not there", "request-lost", "unknown-outcome", false],
    ["silent after the write", "answer-lost", "unknown-outcome", true],
  ] as const)("gets each write once while it is %s", async (_, action, failure, isWritten) => {
    const store = await openOne();
    tables.decide(() => action);
    await expect(store.putIfAbsent(KEY, state(1))).rejects.toMatchObject({ failure });
    expect(operations()).toEqual(["PutItem"]);
    tables.decide(() => "passes");
    expect((await store.get(KEY)) !== null).toBe(isWritten);
  });

  it("removes under a condition and once; a lost answer leaves unknown what became of it", async () => {
    const store = await openOne();
    const put = await store.putIfAbsent(KEY, state(1));
    const version = put.outcome === "written" ? put.version : "";
    tables.decide(() => "answer-lost");
    await expect(store.remove(KEY, version)).rejects.toThrow(
      /^Whether everyone of report#2026-01-14 was removed from the table state-\d+ is not known/,
    );
    expect(tables.calls.map(({ operation, body }) => [operation, body.ConditionExpression])).toEqual([
      ["DeleteItem", "#version = :version"],
    ]);
    tables.decide(() => ({ status: 400, name: "AccessDeniedException" }));
    await expect(store.remove(KEY, version)).rejects.toThrow(/Grant dynamodb:DeleteItem on the table state-/);
  });

  it("is not known to have an answer-lost write, and says which record", async () => {
    const store = await openOne();
    tables.decide(() => "answer-lost");
    await expect(store.putIfAbsent(KEY, state(1))).rejects.toThrow(
      /^Whether everyone of report#2026-01-14 was written to the table state-\d+ is not known: DynamoDB gave no answer, once/,
    );
  });

  it.each([
    ["GetItem", "AccessDeniedException", "access-denied", /Grant dynamodb:GetItem on the table state-/],
    ["PutItem", "AccessDeniedException", "access-denied", /Grant dynamodb:PutItem on the table state-/],
    ["Query", "AccessDeniedException", "access-denied", /Grant dynamodb:Query on the table state-/],
    [
      "GetItem",
      "ResourceNotFoundException",
      "no-such-place",
      /no such table in this region\. Correct STATE_TABLE/,
    ],
    ["PutItem", "ValidationException", "no-such-place", /partition key must be pk and its sort key sk/],
    ["GetItem", "KMSAccessDeniedException", "access-denied", /Grant kms:Decrypt on it/],
    ["GetItem", "UnrecognizedClientException", "credentials", /no AWS credentials that work/],
    ["PutItem", "ExpiredTokenException", "credentials", /Sign in again/],
    ["PutItem", "NeverSeenBefore", "access-denied", /DynamoDB refused it/],
  ])(
    "says what to do when %s is answered by %s, after one request",
    async (operation, name, failure, sentence) => {
      const store = await openOne();
      const message =
        "User: arn:aws:sts::123456789012:assumed-role/report/jane@example.com is not authorized";
      tables.decide(() => ({ status: 400, name, message }));
      const call =
        operation === "Query"
          ? store.list("p")
          : operation === "GetItem"
            ? store.get(KEY)
            : store.putIfAbsent(KEY, state(1));
      const error = await call.catch((cause: unknown) => cause);
      expect(error).toMatchObject({ failure, message: expect.stringMatching(sentence) });
      expect(String(error)).not.toMatch(/123456789012|jane/);
      expect(operations()).toEqual([operation]);
    },
  );

  it("sends nothing without time", async () => {
    const store = await openOne({ deadline: { timeLeft: () => 0 } });
    tables.decide(() => "passes");
    await expect(store.get(KEY)).rejects.toMatchObject({ failure: "unreachable" });
    await expect(store.putIfAbsent(KEY, state(1))).rejects.toThrow(/no time was left for it/);
    expect(tables.calls).toEqual([]);
  });

  it.each([
    ["no value", { value: undefined }],
    ["a value that is no JSON", { value: { S: "{" } }],
    ["no version", { version: { N: "1" } }],
    ["an end that is no time", { expires: { N: "1e30" } }],
  ])("may contain an item with %s, which is an error that names it", async (_, own) => {
    const store = await openOne();
    const item = {
      pk: { S: KEY.partition },
      sk: { S: KEY.sort },
      value: { S: "1" },
      version: { S: "v" },
      ...own,
    };
    const corrupt = {
      failure: "corrupt",
      message: expect.stringMatching(/"everyone" is not a record .*Look at the item/),
    };
    tables.decide(() => ({ status: 200, text: JSON.stringify({ Item: item }) }));
    await expect(store.get(KEY)).rejects.toMatchObject(corrupt);
    tables.decide(() => ({ status: 200, text: JSON.stringify({ Items: [item] }) }));
    await expect(store.list(KEY.partition)).rejects.toMatchObject(corrupt);
  });

  it("does not read the same page for ever", async () => {
    const store = await openOne();
    const key = { pk: { S: "p" }, sk: { S: "s" } };
    tables.decide(() => ({ status: 200, text: JSON.stringify({ Items: [], LastEvaluatedKey: key }) }));
    await expect(store.list("p")).rejects.toThrow(/names itself as the next one/);
    expect(tables.calls).toHaveLength(2);
  });

  it.each(["", "a", "a b", "t".repeat(256), "arn:aws:dynamodb:eu-west-1:123456789012:table/x"])(
    "cannot be named %j",
    (table) => {
      expect(() => dynamoDbState({ table })).toThrow(/is not the name of a DynamoDB table/);
    },
  );
});
