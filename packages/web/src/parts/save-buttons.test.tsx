import { cleanup, fireEvent, render, screen } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SaveCsv, SaveSvg } from "./save-buttons.tsx";

/** Files that the page saved: name and content. */
const saved: { readonly name: string; readonly content: Blob }[] = [];

beforeEach(() => {
  let content = new Blob();
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => {
      content = blob;
      return "blob:test";
    },
    revokeObjectURL: () => {},
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content });
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  saved.length = 0;
});

const textOf = (blob: Blob | undefined) =>
  new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(blob ?? new Blob());
  });

describe("the CSV button", () => {
  it("saves the figures under a name of the given words", async () => {
    render(() => <SaveCsv file={["2026-03", "R&D <prototype>", "workloads"]} csv={() => "a,b\r\n"} />);
    fireEvent.click(screen.getByRole("button", { name: "CSV" }));
    expect(saved.map(({ name }) => name)).toEqual(["dapanoskop-2026-03-R-D-prototype-workloads.csv"]);
    expect(saved[0]?.content.type).toBe("text/csv");
    expect(await textOf(saved[0]?.content)).toBe("a,b\r\n");
  });
});

describe("the SVG button", () => {
  it("saves the drawing with its title and legend", async () => {
    let drawing: SVGSVGElement | undefined;
    render(() => (
      <>
        <svg
          aria-hidden="true"
          ref={(svg) => {
            drawing = svg;
          }}
        >
          <rect data-tone="1" />
        </svg>
        <SaveSvg
          file={["trend"]}
          title="Cost by month"
          drawing={() => drawing}
          legend={() => [{ text: "Storefront", shape: '[data-tone="1"]' }]}
        />
      </>
    ));
    fireEvent.click(screen.getByRole("button", { name: "SVG" }));
    expect(saved.map(({ name, content }) => [name, content.type])).toEqual([
      ["dapanoskop-trend.svg", "image/svg+xml"],
    ]);
    const text = await textOf(saved[0]?.content);
    expect(text).toContain("<title>Cost by month</title>");
    expect(text).toContain("Storefront</text>");
  });

  it("saves nothing while there is no drawing", () => {
    render(() => <SaveSvg file={["trend"]} title="" drawing={() => undefined} legend={() => []} />);
    fireEvent.click(screen.getByRole("button", { name: "SVG" }));
    expect(saved).toEqual([]);
  });
});
