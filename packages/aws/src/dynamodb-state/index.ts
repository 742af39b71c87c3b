export type { DynamoDbAccess } from "./connection.ts";
export { type DynamoDbStateOptions, dynamoDbState } from "./dynamodb-state.ts";
