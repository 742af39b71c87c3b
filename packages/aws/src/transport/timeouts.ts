/** In milliseconds. */
export interface Timeouts {
  /** To establish a connection. */
  readonly connection: number;
  /** For the head of an answer and for each silence in it. Connection and request together bound a whole attempt. */
  readonly request: number;
}

export const timeoutsWithDefaults = (own: Partial<Timeouts> = {}): Timeouts => ({
  connection: own.connection ?? 3_000,
  request: own.request ?? 20_000,
});

/** The settings that every SDK client gets: attempts are made by `sendWithRetries`, so the SDK makes one only. */
export const clientSettings = ({ connection, request }: Timeouts) => ({
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: connection,
    requestTimeout: request,
    throwOnRequestTimeout: true,
    socketTimeout: request,
  },
});
