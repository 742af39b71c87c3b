// What S3 gives as an etag; other servers leave out the quotes.
const ETAG = /^(?:"[\x21\x23-\x7e]{1,200}"|[A-Za-z0-9-]{1,200})$/;

/**
 * Whether a text can be the etag of an object. Anything else must never be sent as a condition: an empty If-Match is
 * left out of the request, `*` matches every object, and either would overwrite an unread object.
 */
export const isEtag = (text: string): boolean => ETAG.test(text);
