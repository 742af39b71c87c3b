import type { JsonValue } from "../../../packages/core/src/pricing/index.ts";
import { ASSUMED } from "../../../packages/terraform/src/module/price-list.ts";

const visits = ASSUMED.readers * ASSUMED.visitsOfAReader;
const sessions = visits * ASSUMED.sessionRequestsOfAVisit;
const files = visits * ASSUMED.fileRequestsOfAVisit;
const mails = ASSUMED.days * ASSUMED.reportRecipients;
const stored = 365 * ASSUMED.gbPublishedADay;

/** The README's assumptions about a month of the module, as a usage file. */
export const moduleUsage = (timeouts: { readonly collect: number; readonly report: number }): JsonValue => ({
  resource_usage: {
    "aws_lambda_function.collect*": runs(ASSUMED.days, timeouts.collect),
    "aws_lambda_function.session*": runs(sessions, ASSUMED.sessionSeconds),
    "aws_lambda_function.report*": runs(ASSUMED.days * ASSUMED.reportRunsADay, timeouts.report),
    "aws_lambda_function.mail_events*": runs(mails * ASSUMED.eventsOfAMail, 1),
    "aws_s3_bucket.data*": {
      standard: {
        storage_gb: stored,
        monthly_tier_1_requests: ASSUMED.days * ASSUMED.putsADay,
        monthly_tier_2_requests: visits * ASSUMED.originRequestsOfAVisit,
      },
    },
    "aws_s3_bucket.app*": {
      standard: { storage_gb: ASSUMED.gbOfThePage, monthly_tier_1_requests: 0, monthly_tier_2_requests: 0 },
    },
    "aws_cloudfront_distribution.*": {
      monthly_data_transfer_to_internet_gb: { us: 0, europe: visits * ASSUMED.gbOfAVisit },
      monthly_https_requests: { us: 0, europe: files },
    },
    "aws_cloudfront_function.*": { monthly_requests: files },
    "aws_kms_key.*": { monthly_requests: 0 },
    "aws_sqs_queue.*": { monthly_requests: ASSUMED.deadLetters },
    "aws_sns_topic.*": { monthly_requests: 0 },
    "aws_sns_topic_subscription.*": { monthly_requests: ASSUMED.mailsOfATopic },
  },
});

const runs = (count: number, seconds: number) => ({
  monthly_requests: count,
  request_duration_ms: seconds * 1000,
});
