export { readSecret, type SecretReaderOptions, type SecretsAccess, secretReader } from "./read-secret.ts";
export { SecretError } from "./secret-error.ts";
