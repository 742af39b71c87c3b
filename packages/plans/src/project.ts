/**
 * What a person calls the repository or root module that plans and scans are of: `acme/infra`. It is a part of keys, so it has
 * their characters without `#`, which separates the parts.
 */
export const PROJECT = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,49}$/;

export const isProject = (text: string): boolean => PROJECT.test(text);
