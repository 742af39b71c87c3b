/**
 * The reader's session. Requests for data decide whether it is valid: sign-in starts only when one is refused.
 * There is one implementation for loopback, without sign-in, and one for a Cognito user pool.
 */
export interface Session {
  /** The signed-in user's name: a signal. `null` without sign-in, or until the name is known. */
  readonly user: () => string | null;

  /** Renews the session after a request was refused, once for all concurrent calls. `true`: repeat the request. */
  renew(): Promise<boolean>;

  /** Finds out who is signed in, so that the page shows the name and the sign-out button. */
  loadUser(): Promise<void>;

  /** Whether the site has the API, and so plans, drift and budgets. */
  hasApi(): Promise<boolean>;

  /**
   * The token for requests to the API; `null` without sign-in, or where the session has ended. It is kept in memory only.
   * @param refused a token that the API refused: the session is renewed to get another one
   * @throws SessionError when the sign-in service was not reached or could not decide
   */
  accessToken(refused?: string): Promise<string | null>;

  /** Leaves the page to sign in. Afterwards the reader returns to `backTo`, a path of this page with its query. */
  signIn(backTo: string): Promise<void>;

  /** Completes a sign-in from the answer in the address, once. @returns the path to return to @throws SessionError */
  completeSignIn(): Promise<string>;

  /** Ends the session in all tabs and at the user pool, and leaves the page. @throws SessionError where that failed or is unknown */
  signOut(): Promise<void>;
}

/** Signing in or out failed. The message says what to do. */
export class SessionError extends Error {
  override readonly name = "SessionError";
}

/** The session on loopback: `serve` answers only this machine, so there is no sign-in. */
export const noSession: Session = {
  user: () => null,
  renew: async () => false,
  loadUser: async () => {},
  hasApi: async () => false,
  accessToken: async () => null,
  signIn: async () => {
    throw new SessionError("These files are served without a user pool, so there is no sign-in.");
  },
  completeSignIn: async () => "/",
  signOut: async () => {},
};
