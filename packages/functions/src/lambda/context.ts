/** What a handler needs of the context that Lambda passes. */
export interface LambdaContext {
  /** Milliseconds until Lambda ends the process. */
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
  readonly functionName?: string;
}
