/** A usage type taken apart: `USE1-CAN1-AWS-Out-Bytes` is two regions and the family `AWS-Out-Bytes`. */
export interface UsageType {
  readonly raw: string;
  readonly regions: readonly string[]; // 0 to 2 codes as written, without the dash; none means us-east-1 or no region
  readonly family: string; // what is left: what was used, the same text in every region
}

/**
 * Takes the region prefix off a usage type, by the grammar of AWS's billing codes and not by a list of regions,
 * so that next year's region is understood too. Total: any text has a family, at worst itself.
 *
 * Sources: "AWS Region billing codes" and the S3, EC2 and EBS pages on codes in billing and usage reports.
 */
export function parseUsageType(text: string): UsageType {
  const first = firstCode(text);
  if (first === null) return { raw: text, regions: [], family: text };
  const afterFirst = text.slice(first.length + 1);
  const second = secondCode(first, afterFirst);
  if (second === null) return { raw: text, regions: [first], family: afterFirst };
  const rest = afterFirst.slice(second.length + 1);
  // Multi-Region Access Points write two dashes: `EU-AP--MRAP-Out-Bytes`.
  const family = rest.startsWith("-") && rest.length > 1 ? rest.slice(1) : rest;
  return { raw: text, regions: [first, second], family };
}

// Two letters of a place, a direction, a number: USE1, APS3, EUN1, UGW1. Local zones have their airport: LAX1.
const billingCode = /^[A-Z]{3}\d{1,2}(?:WL\d{1,2})?(?=-)/;
const smallBillingCode = /^[a-z]{2}[nsewc]\d{1,2}(?=-)/;
const zoneCode = /^(?:[a-z]{3}\d{1,2}|az\d{1,2}|WL\d{1,2})(?=-)/;

// ca-central-1, us-gov-west-1, us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1. KMS writes its usage types so.
const longCode =
  /^[a-z]{2,4}(?:-[a-z]{2,4})?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}[a-f]?(?:(?:-wl\d)?-[a-z]{3}(?:-wlz)?-\d{1,2}[a-f]?)?(?=-)/i;

// The regions that keep a code from before the grammar, and the codes of no region at all.
const oldCode = /^(?:EU|CPT)(?=-)/;
const nowhere = /^(?:global|any|noregion)(?=-)/i;

// CloudFront bills by the continent or country of its edge, S3's Multi-Region Access Points by region group.
// EU is both eu-west-1 and CloudFront's Europe.
const edgeCode = /^(?:US|NA|CA|MX|EU|UK|ZA|AF|ME|AP|JP|KR|HK|AU|IN|SA|CN)(?=-)/;

function firstCode(text: string): string | null {
  return firstOf(text, [billingCode, oldCode, edgeCode, longCode, smallBillingCode, nowhere]);
}

function secondCode(first: string, text: string): string | null {
  const code = firstOf(text, [billingCode, oldCode, longCode]);
  if (code !== null) return code;
  if (smallBillingCode.test(`${first}-`)) return firstOf(text, [smallBillingCode, zoneCode]);
  return edgeCode.test(`${first}-`) ? firstOf(text, [edgeCode]) : null;
}

function firstOf(text: string, codes: readonly RegExp[]): string | null {
  for (const code of codes) {
    const found = code.exec(text)?.[0];
    // A code with nothing behind it is the usage type itself.
    if (found !== undefined && text.length > found.length + 1) return found;
  }
  return null;
}
