import type { AccountFacts } from "../account-facts.ts";
import { type AccountFinding, blocks, isFine, warns } from "../finding.ts";
import { isAwsHost } from "../hosts.ts";
import { failureOf, type ProbeFailure } from "../probe.ts";

/** AWS accepts a signature whose time is at most so far from its own, in minutes; the SDK corrects larger differences itself. */
const TOLERATED_MINUTES = 5;

/** What stands between this machine and AWS: certificates, proxies, endpoints, the clock. */
export function networkFindings(facts: AccountFacts): readonly AccountFinding[] {
  return [...reachFindings(facts), ...endpointFindings(facts), ...clockFindings(facts)];
}

function reachFindings({ identity, cost, proxy, hosts }: AccountFacts): readonly AccountFinding[] {
  const found: AccountFinding[] = [];
  const failed = [failureOf(identity), failureOf(cost)];
  const first = (kind: ProbeFailure["kind"]) => failed.find((one) => one?.kind === kind) ?? null;
  const untrusted = first("untrusted");
  const other = first("not-aws");
  const unreachable = first("unreachable");
  if (untrusted !== null)
    found.push(
      blocks(
        "untrusted-certificate",
        `The TLS certificate of AWS is not trusted (${untrusted.words || untrusted.name}): something on the way opens TLS.`,
        "Get the certificate of your network's proxy as a PEM file, set NODE_EXTRA_CA_CERTS to its path, and run this again.",
      ),
    );
  if (other !== null)
    found.push(
      blocks(
        "answered-by-another",
        `Something that is not AWS answered in its place (${other.name}).`,
        "Look for a proxy, a firewall or a sign-in page of the network in between, or at AWS_ENDPOINT_URL. Permit HTTPS to " +
          `${hosts.sts} and ${hosts.costExplorer}.`,
      ),
    );
  if (unreachable !== null) {
    const region = hosts.region === null ? "" : ` Check the region, too: it is ${hosts.region}.`;
    found.push(
      blocks(
        "unreachable",
        `AWS does not answer (${unreachable.name}): ${failureOf(identity) === unreachable ? hosts.sts : hosts.costExplorer}.`,
        `Check the network's way there, and AWS_ENDPOINT_URL where it is set.${region}`,
      ),
    );
  }
  if (proxy.variable === null) return found;
  const text = `${proxy.variable} is set, and requests to AWS do not use it: the AWS SDK connects directly.`;
  if (found.length === 0) return [isFine("proxy-not-used", `${text} AWS was reached without it.`)];
  return [
    ...found,
    blocks(
      "proxy-not-used",
      text,
      `Permit HTTPS to ${hosts.sts} and ${hosts.costExplorer} from this machine without the proxy, or run it where that is possible, such as in AWS.`,
    ),
  ];
}

function endpointFindings({ hosts, identity }: AccountFacts): readonly AccountFinding[] {
  if (hosts.costExplorer === null)
    return [
      blocks(
        "govcloud",
        `The region ${hosts.region} is of AWS GovCloud (US), which has no Cost Explorer: its costs are in the standard account that is linked with it.`,
        "Use the credentials of that account, and AWS_REGION=us-east-1.",
      ),
    ];
  if (isAwsHost(hosts.costExplorer)) return [];
  const rest = identity.outcome === "not-made" ? " Whose credentials these are was not asked." : "";
  return [
    warns(
      "endpoint",
      `Cost Explorer is asked at ${hosts.costExplorer}, which is not AWS.${rest}`,
      "To ask AWS, unset AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_COST_EXPLORER, and remove endpoint_url from the profile.",
    ),
  ];
}

function clockFindings({ clockSkew, identity, cost }: AccountFacts): readonly AccountFinding[] {
  const minutes = Math.round((clockSkew ?? 0) / 60_000);
  const amount = Math.abs(minutes) === 1 ? "1 minute" : `${Math.abs(minutes)} minutes`;
  const difference = `This machine's clock is ${amount} ${minutes > 0 ? "behind" : "ahead of"} AWS's`;
  const setIt = "Set the clock, for example by switching time synchronization (NTP) on, and run this again.";
  const isRefused = [failureOf(identity), failureOf(cost)].some((one) => one?.kind === "clock");
  if (isRefused) {
    const why = minutes === 0 ? "AWS does not accept this machine's clock" : difference;
    return [blocks("clock-refused", `${why}, and AWS refused the requests for it.`, setIt)];
  }
  if (Math.abs(minutes) < TOLERATED_MINUTES) return [];
  return [
    warns(
      "clock",
      `${difference}. Requests are signed with the corrected time, but the day and the month of a collection are this machine's.`,
      setIt,
    ),
  ];
}
