/** What the program can do, and how it is asked. The options themselves stand with their commands. */
export const overview = `Dapanoskop shows what you spend on AWS, exact, by cost center and workload, and why it changed.

  dapanoskop demo       try it: a made-up company's bill, collected, shown and served
  dapanoskop collect    read the bill and publish it: the running month and the last closed one
  dapanoskop show       the report in the terminal, or as JSON
  dapanoskop serve      the report in a browser on this machine, and the published files
  dapanoskop emulate    a Cost Explorer of your own, for tests
  dapanoskop verify     read everything published again, and prove it

dapanoskop help COMMAND tells more. dapanoskop --version names the version.
Exit codes: 0 done, 1 failed, 2 not understood, 3 a month was held back.
`;

const demo = `dapanoskop demo

Starts a Cost Explorer on this machine with the bill of a made-up company, collects it with 13 months of history,
shows the report and serves it. Nothing leaves this machine and nothing costs anything.

  --at TIME       the day it plays on, UTC: 2026-03-08T06:00:00Z (default: now)
  --store DIR     where it publishes (default: ./dapanoskop-demo)
  --port N        the port it serves on (default: 4321, or a free one where that is taken)
  --no-serve      ends after the report
`;

const collect = `dapanoskop collect

Reads the bill and publishes it. Without --bill it asks AWS Cost Explorer with the credentials of this terminal,
as the AWS CLI would; AWS charges $0.01 a page, an ordinary day asks some seven.

  --store DIR            where it publishes, a folder or s3://BUCKET[/PREFIX] (default: ./dapanoskop-data)
  --at TIME              the event's time, UTC: 2026-03-08T06:00:00Z (default: now)
  --backfill MONTHS      closed months before the event's month to read as well, 0 to 37
  --force                publishes months that would be held back
  --cost-category NAME   the Cost Category that makes cost centers (default: the first that AWS lists)
  --tag-key KEY          the tag that names workloads (default: App)
  --metric NAME          UnblendedCost (default), BlendedCost, AmortizedCost, NetUnblendedCost, NetAmortizedCost
  --include-efs          counts EFS as storage
  --include-ebs          counts EBS as storage
  --no-split             leaves split charges where AWS booked them
  --bill PATH            reads a FOCUS or CUR file, CSV or Parquet, instead of asking AWS
  --provider NAME        whose charges of that file (default: AWS)
`;

const show = `dapanoskop show

The report of a published month: totals, cost centers, what moved, storage, tagging, and whether it adds up.

  --store DIR         where it was published, a folder or s3://… (default: ./dapanoskop-data)
  --period YYYY-MM    the month (default: the newest)
  --json              for programs: the same, numbers unrounded
`;

const serve = `dapanoskop serve

Serves the report and the published files (under /data/) to this machine only, until Ctrl-C.

  --store DIR     where it was published, a folder or s3://… (default: ./dapanoskop-data)
  --port N        the port (default: 4321, or a free one where that is taken; 0: any free one)
`;

const emulate = `dapanoskop emulate

A Cost Explorer on this machine that answers from a bill: the made-up company's, or a file's. Until Ctrl-C.

  --bill PATH       a FOCUS or CUR file, CSV or Parquet
  --provider NAME   whose charges of that file (default: AWS)
  --at TIME         the day it plays on, UTC (default: now)
  --port N          the port (default: a free one)
  --history N       months it remembers, the running one included: 14 (default) or 38
  --page-size N     groups a page
  --fault FAULT     a failure to play, may be given several times: KIND[:N[xTIMES]][=VALUE][@OPERATION], as in
                    throttle:2x2, deny@GetCostForecast, drop-page, restate:5=1.02; --fault help lists the kinds
`;

const verify = `dapanoskop verify

Reads everything published again: every file by its hash, every sum by adding it up.

  --store DIR     where it was published, a folder or s3://… (default: ./dapanoskop-data)
`;

/** The help of each command. */
export const helpOf: ReadonlyMap<string, string> = new Map(
  Object.entries({ demo, collect, show, serve, emulate, verify }),
);
