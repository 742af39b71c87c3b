/** An entry of the provider: a session, a grant, a code or a token. */
interface StoredEntry {
  readonly payload: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** Seconds since 1970; `null` while unused. */
  consumedAt: number | null;
}

/** An adapter of oidc-provider for one of its models. */
export interface Adapter {
  upsert(id: string, payload: StoredEntry["payload"], expiresIn?: number): Promise<void>;
  find(id: string): Promise<StoredEntry["payload"] | undefined>;
  findByUid(uid: string): Promise<StoredEntry["payload"] | undefined>;
  findByUserCode(): Promise<undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

/**
 * The provider's storage. Unlike the built-in one, it accepts a rotated refresh token for the grace period, as a Cognito
 * app client does: it issues tokens again instead of revoking all of them.
 */
export function cognitoMemory(refreshGraceSeconds: number): (model: string) => Adapter {
  return (model) => {
    const kept = new Map<string, StoredEntry>();
    const alive = (one: StoredEntry | undefined) => {
      if (one === undefined || Date.now() >= one.endsAt) return undefined;
      const grace = model === "RefreshToken" ? refreshGraceSeconds : 0;
      const isUsed = one.consumedAt !== null && Date.now() / 1_000 >= one.consumedAt + grace;
      return isUsed ? { ...one.payload, consumed: one.consumedAt } : one.payload;
    };
    return {
      async upsert(id, payload, expiresIn) {
        const endsAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1_000;
        kept.set(id, { payload, endsAt, consumedAt: kept.get(id)?.consumedAt ?? null });
      },
      find: async (id) => alive(kept.get(id)),
      findByUid: async (uid) => alive([...kept.values()].find(({ payload }) => payload.uid === uid)),
      findByUserCode: async () => undefined,
      async consume(id) {
        const one = kept.get(id);
        if (one !== undefined) one.consumedAt ??= Date.now() / 1_000;
      },
      async destroy(id) {
        kept.delete(id);
      },
      async revokeByGrantId(grantId) {
        for (const [id, { payload }] of kept) if (payload.grantId === grantId) kept.delete(id);
      },
    };
  };
}
