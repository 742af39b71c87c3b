/**
 * Who is reading, and whether he still may. The data itself decides: only when it is refused is anybody asked.
 * One implementation for loopback (nobody signs in), one for a Cognito user pool.
 */
export interface Session {
  /** Who is signed in, as the page greets them: a signal. `null` where nobody signs in. */
  readonly user: () => string | null;

  /** Data was refused. Renews silently, once for all who ask at the same time: `true` means ask again. */
  renew(): Promise<boolean>;

  /** Once figures stand: learns who is reading, so that he is greeted and can sign out. */
  greet(): Promise<void>;

  /** Leaves the page to sign in; the reader comes back to `backTo`, a path of ours with its query. */
  signIn(backTo: string): Promise<void>;

  /** Back from signing in: checks the answer, once, and tells where the reader wanted to go. */
  complete(): Promise<string>;

  /** Ends the session everywhere and leaves the page. @throws SessionError where that failed, or is not known */
  signOut(): Promise<void>;
}

/** A problem with signing in, as a sentence with the next step. */
export class SessionError extends Error {
  override readonly name = "SessionError";
}

/** Loopback: `serve` answers this machine only, so nobody signs in. */
export const noSession: Session = {
  user: () => null,
  renew: async () => false,
  greet: async () => {},
  signIn: async () => {
    throw new SessionError("Nobody signs in here: these files are served without a user pool.");
  },
  complete: async () => "/",
  signOut: async () => {},
};
