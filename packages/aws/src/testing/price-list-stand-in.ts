import { answers, refuses, type ScriptedStep } from "./scripted-endpoint.ts";

/** A product of a stand-in for the price list, by what the adapter reads of it. */
export interface StandInProduct {
  readonly service: string;
  readonly usageType: string;
  readonly region: string;
  readonly operation?: string;
  readonly unit: string;
  /** [begin of the range, price] in the currency. */
  readonly tiers: readonly (readonly [from: string, price: string])[];
  readonly currency?: string;
  readonly effective?: string;
  /** Another term of the product that is not the price of today. */
  readonly other?: { readonly effective: string; readonly price: string };
}

/** Answers `GetProducts` as AWS does: filters by containing and by equality, pages, a JSON text for each product. */
export function priceListAnswers(products: readonly StandInProduct[], pageSize = 100): ScriptedStep {
  return (response, request) => {
    if (request.operation !== "AWSPriceListService.GetProducts") {
      refuses("UnknownOperationException", request.operation)(response, request);
      return;
    }
    const { ServiceCode, Filters, NextToken } = request.body as unknown as GetProducts;
    const found = products.filter(
      (product) =>
        product.service === ServiceCode && (Filters ?? []).every((filter) => fits(product, filter)),
    );
    const from = Number(NextToken ?? 0);
    const next = from + pageSize < found.length ? { NextToken: String(from + pageSize) } : {};
    const PriceList = found.slice(from, from + pageSize).map((product) => JSON.stringify(listed(product)));
    answers({ FormatVersion: "aws_v1", PriceList, ...next })(response, request);
  };
}

interface GetProducts {
  readonly ServiceCode: string;
  readonly Filters?: readonly PriceListFilter[];
  readonly NextToken?: string;
}

interface PriceListFilter {
  readonly Type: string;
  readonly Field: string;
  readonly Value: string;
}

function fits({ usageType, region }: StandInProduct, { Type, Field, Value }: PriceListFilter): boolean {
  const value = Field === "usagetype" ? usageType : Field === "regionCode" ? region : "";
  return Type === "CONTAINS" ? value.includes(Value) : value === Value;
}

function listed(product: StandInProduct) {
  const { service, usageType, region, operation = "", unit, tiers, currency = "USD" } = product;
  const { effective = "2026-11-01", other } = product;
  const term = (effectiveDate: string, steps: StandInProduct["tiers"]) => ({
    effectiveDate: `${effectiveDate}T00:00:00Z`,
    offerTermCode: "JRTCKXETXF",
    termAttributes: {},
    priceDimensions: Object.fromEntries(
      steps.map(([beginRange, price], at) => [
        `SKU.${effectiveDate}.${at}`,
        {
          unit,
          beginRange,
          endRange: steps[at + 1]?.[0] ?? "Inf",
          description: "",
          appliesTo: [],
          pricePerUnit: { [currency]: price },
        },
      ]),
    ),
  });
  return {
    product: {
      productFamily: "Usage",
      attributes: { servicecode: service, usagetype: usageType, regionCode: region, operation },
      sku: "SKU",
    },
    serviceCode: service,
    terms: {
      OnDemand: {
        "SKU.1": term(effective, tiers),
        ...(other === undefined ? {} : { "SKU.2": term(other.effective, [["0", other.price]]) }),
      },
      Reserved: {
        "SKU.3": { ...term("2026-01-01", [["0", "0.0001"]]), termAttributes: { LeaseContractLength: "1yr" } },
      },
    },
    version: "20261128000000",
    publicationDate: "2026-11-28T00:00:00Z",
  };
}
