export { readSecret, SecretError, type SecretsAccess } from "./read-secret.ts";
