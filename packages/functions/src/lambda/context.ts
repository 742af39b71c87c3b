/** What a handler needs to know of its invocation, as Lambda tells it. */
export interface LambdaContext {
  /** Milliseconds until Lambda ends the process. */
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
  readonly functionName?: string;
}
