import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseUsageType } from "./index.ts";

describe("the regions before a usage type", () => {
  it.each<[string, string[], string]>([
    ["TimedStorage-ByteHrs", [], "TimedStorage-ByteHrs"],
    ["USE1-TimedStorage-ByteHrs", ["USE1"], "TimedStorage-ByteHrs"],
    ["EUC1-EBS:VolumeUsage.gp3", ["EUC1"], "EBS:VolumeUsage.gp3"],
    ["EUN1-BoxUsage:t3.large", ["EUN1"], "BoxUsage:t3.large"],
    ["EU-Requests-Tier1", ["EU"], "Requests-Tier1"],
    ["CPT-NatGateway-Hours", ["CPT"], "NatGateway-Hours"],
    ["UGW1-CW:Requests", ["UGW1"], "CW:Requests"],
    ["CNN1-RDS:GP2-Storage", ["CNN1"], "RDS:GP2-Storage"],
    ["APS10-ES:GP3-Storage", ["APS10"], "ES:GP3-Storage"],
    ["Global-HostedZone", ["Global"], "HostedZone"],
    ["NoRegion-Dollar", ["NoRegion"], "Dollar"],
    ["USE1-CAN1-AWS-Out-Bytes", ["USE1", "CAN1"], "AWS-Out-Bytes"],
    ["USE1-EU-AWS-Out-Bytes", ["USE1", "EU"], "AWS-Out-Bytes"],
    ["EU-USW2-AWS-In-Bytes", ["EU", "USW2"], "AWS-In-Bytes"],
    ["APS3-USE1-VpcPeering-In-Bytes", ["APS3", "USE1"], "VpcPeering-In-Bytes"],
    ["EU-AP--MRAP-Out-Bytes", ["EU", "AP"], "MRAP-Out-Bytes"],
    ["USW2-LAX1-BoxUsage:c5.large", ["USW2", "LAX1"], "BoxUsage:c5.large"],
    ["use1-az4-TimedStorage-XZ-ByteHrs", ["use1", "az4"], "TimedStorage-XZ-ByteHrs"],
    ["use1-atl1-BoxUsage:c6i.large", ["use1", "atl1"], "BoxUsage:c6i.large"],
    ["ca-central-1-KMS-Requests", ["ca-central-1"], "KMS-Requests"],
    ["us-gov-west-1-KMS-Keys", ["us-gov-west-1"], "KMS-Keys"],
    ["us-west-2-lax-1a-BoxUsage:t3.medium", ["us-west-2-lax-1a"], "BoxUsage:t3.medium"],
    ["us-east-1-wl1-bos-wlz-1-BoxUsage:t3.medium", ["us-east-1-wl1-bos-wlz-1"], "BoxUsage:t3.medium"],
    ["US-DataTransfer-Out-Bytes", ["US"], "DataTransfer-Out-Bytes"],
    ["IN-Requests-Tier2-HTTPS", ["IN"], "Requests-Tier2-HTTPS"],
  ])("%s", (raw, regions, family) => {
    expect(parseUsageType(raw)).toEqual({ raw, regions, family });
  });

  it.each([
    ..."DataTransfer-Out-Bytes CW:MetricMonitorUsage EBS:VolumeUsage.gp3 RDS:PIOPS ES:PIOPS NatGateway-Hours GP3-Storage".split(
      " ",
    ),
    ..."IA-TimedStorage-ByteHrs PS-Advanced-Param-Tier1 MI-AdvInstances-Hrs F-DA-SQS AW-HW-1 QS-Enterprise-SPICE".split(
      " ",
    ),
    ..."AWS-Out-Bytes KMS-Keys ETL-DPU-Hour DNS-Queries SSL-Cert-Custom LCUUsage S3RTC-In-Bytes C3DataTransfer-In-Bytes".split(
      " ",
    ),
    ..."Multi-AZUsage:db.m5.large PI_LTR:R5 WAL-WriteRequestUnits EMR-SERVERLESS-vCPUHours KPU-Hour-Java EU- USE1 -".split(
      " ",
    ),
    "",
  ])("%s has none", (family) => {
    expect(parseUsageType(family)).toEqual({ raw: family, regions: [], family });
  });

  it("never costs a letter: prefix and family are the whole text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (raw) => {
        const { regions, family } = parseUsageType(raw);
        expect(regions.length).toBeLessThanOrEqual(2);
        expect([...regions, family].join("-").replace("--", "-")).toBe(raw.replace("--", "-"));
      }),
    );
  });
});
