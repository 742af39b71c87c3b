import { friendlyName, parseUsageType } from "@dapanoskop/core/usage";

/** Words for usage types of several services: a published row does not contain the service. */
const SEVERAL: readonly { readonly usage: RegExp; readonly words: string }[] = [
  { usage: /^TimedStorage-/, words: "Stored data" },
  { usage: /^Requests(?:-|$)|^Request$/, words: "Requests" },
  { usage: /^DataProcessing-Bytes/, words: "Data taken in" },
  { usage: /^(?:IA|Archive)TimedStorage-/, words: "Stored data, rarely read" },
  { usage: /^(?:Warm|Cold)Storage-/, words: "Backups" },
  { usage: /EarlyDelete/, words: "Early delete from cold storage" },
  { usage: /Retrieval/, words: "Retrieval from cold storage" },
  { usage: /^Monitoring-Automation-INT/, words: "Intelligent-Tiering monitoring" },
  { usage: /^TagStorage/, words: "Object tags" },
  { usage: /ReadRequestUnits/, words: "Table reads" },
  { usage: /WriteRequestUnits/, words: "Table writes" },
  { usage: /ReadCapacityUnit/, words: "Provisioned table reads" },
  { usage: /WriteCapacityUnit/, words: "Provisioned table writes" },
  { usage: /^APIRequest$/, words: "API requests" },
  { usage: /^BilledBytes$/, words: "Data taken in" },
  { usage: /^Recipients/, words: "Mails sent" },
  { usage: /^Dollar$/, words: "Charges by amount" },
  { usage: /^NoUsageType$/, words: "Charges without usage" },
];

/** A usage type in words; `null` where none are known. */
export function usageWords(usageType: string): string | null {
  const known = friendlyName(null, usageType);
  if (known !== null) return known;
  const { family } = parseUsageType(usageType.slice(0, 256));
  return SEVERAL.find(({ usage }) => usage.test(family))?.words ?? null;
}

/** Units as AWS bills them, by what the usage type says. The first that fits. */
const UNITS: readonly { readonly usage: RegExp; readonly unit: string }[] = [
  { usage: /GB-Second|GigabyteSecond/i, unit: "GB-seconds" },
  { usage: /Metric(?:Monitor|Stream)/i, unit: "metrics" },
  { usage: /AlarmMonitor/i, unit: "alarms" },
  { usage: /KMS-Keys/i, unit: "keys" },
  { usage: /-Secrets?$/i, unit: "secrets" },
  { usage: /^HostedZone/i, unit: "zones" },
  // The bytes of a volume, also where its kind has IOPS in its name: `EBS:VolumeUsage.piops`.
  { usage: /VolumeUsage/i, unit: "GB-months" },
  { usage: /IOPS/i, unit: "IOPS-months" },
  { usage: /P-Throughput/i, unit: "MiBps-months" },
  { usage: /IOUsage|Requests?(?:-|$|:)|Queries|APICalls|Invocations/i, unit: "requests" },
  { usage: /RequestUnits|CapacityUnit-Hrs/i, unit: "units" },
  { usage: /TagStorage/i, unit: "tags" },
  { usage: /^Monitoring-Automation-INT/i, unit: "objects" },
  { usage: /^Recipients/i, unit: "mails" },
  { usage: /^StateTransition/i, unit: "steps" },
  { usage: /^ConfigurationItemRecorded/i, unit: "changes" },
  { usage: /Events(?:Recorded|Analyzed)$/i, unit: "events" },
  {
    usage:
      /TimedStorage|SnapshotUsage|BackupUsage|StorageUsage|[a-z\d-]Storage(?:-|$)|Kafka\.Storage|^RMS:|WarmStorage|ColdStorage|EarlyDelete|ByteHrs/i,
    unit: "GB-months",
  },
  { usage: /DPU-Hour|ServerlessUsage|ServerlessV2Usage/i, unit: "capacity hours" },
  { usage: /LCUUsage/i, unit: "LCU hours" },
  { usage: /vCPU/i, unit: "vCPU hours" },
  { usage: /Fargate-.*GB/i, unit: "GB-hours" },
  {
    usage:
      /^(?:Train|Host|Notebk|Studio|Processing|Tsform):|BoxUsage|SpotUsage|InstanceUsage|NodeUsage|HostUsage|ESInstance|Multi-AZ|Node:|HeavyUsage|DedicatedUsage|Hours|Hrs|Hour|LoadBalancerUsage|VpcEndpoint|PublicIPv4|ElasticIP|Kafka|Unused(?:Box|Ded)|CPUCredits|SP:/i,
    unit: "hours",
  },
  { usage: /Build-Min|Minutes?/i, unit: "minutes" },
  { usage: /DataScannedInTB/i, unit: "TB" },
  { usage: /Bytes|DataProcessing|VendedLog|^Retrieval-/i, unit: "GB" },
];

/**
 * The unit of a usage type's quantity, from AWS's name of the usage type: published rows contain no unit. `null` where the
 * name does not determine it.
 */
export function unitOf(usageType: string): string | null {
  const { family } = parseUsageType(usageType.slice(0, 256));
  return UNITS.find(({ usage }) => usage.test(family))?.unit ?? null;
}
