/** The names of this machine, with a port or without. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a `Host` header names this machine. A foreign page whose host name resolves to 127.0.0.1 sends its own name instead (DNS
 * rebinding), so a server on loopback answers to these names only.
 */
export const isLocalHost = (host: string): boolean => LOCAL_HOST.test(host);
