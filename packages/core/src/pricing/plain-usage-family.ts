/**
 * One spelling of a usage family: RDS bills write large sizes short, `InstanceUsage:db.r5.2xl` for `db.r5.2xlarge`, and price lists
 * have both.
 */
export const plainUsageFamily = (family: string): string => family.replace(/(\.\d*x)l$/, "$1large");
