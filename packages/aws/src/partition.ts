/** The domain of the regional services of a region's partition: `amazonaws.com`, and in China `amazonaws.com.cn`. */
export const serviceDomain = (region: string): string =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
