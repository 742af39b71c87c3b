const AWS = /^https:\/\/([a-z0-9-]+\.)+(amazonaws\.com(\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/** Whether an address is one of AWS's own, and no stand-in's. */
export const isAwsHost = (address: string): boolean => AWS.test(address);
