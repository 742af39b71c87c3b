import { describe, expect, it } from "vitest";
import { standaloneSvg } from "./export-svg.ts";

function aDrawing(): SVGSVGElement {
  document.body.innerHTML =
    '<svg viewBox="0 0 10 10"><g><a href="/secret" aria-label="May"><rect data-export="no"/><rect data-tone="1" class="part"/></a></g></svg>';
  const drawing = document.querySelector("svg");
  if (drawing === null) throw new Error("There is a drawing.");
  return drawing;
}

describe("a saved drawing", () => {
  it("is a complete SVG without links, classes and shapes that only react to the pointer", () => {
    const file = new DOMParser().parseFromString(standaloneSvg(aDrawing(), "Cost"), "image/svg+xml");
    expect(file.querySelector("parsererror")).toBeNull();
    expect(file.querySelector("title")?.textContent).toBe("Cost");
    expect(file.querySelector("[href], [class], [data-export]")).toBeNull();
    expect(file.querySelectorAll("[data-tone]")).toHaveLength(1);
  });

  it("has the size of the drawing, and a line more for each entry of the legend", () => {
    const drawing = aDrawing();
    drawing.getBoundingClientRect = () => new DOMRect(0, 0, 320, 200);
    const sizes = (lines: number) => {
      const legend = Array.from({ length: lines }, () => ({ text: "Forecast" }));
      const file = new DOMParser().parseFromString(standaloneSvg(drawing, "Cost", legend), "image/svg+xml");
      return [file.documentElement, file.querySelector("svg svg")].map((svg) =>
        ["width", "height", "viewBox"].map((name) => svg?.getAttribute(name)),
      );
    };
    expect(sizes(0)).toEqual([
      ["320", "200", "0 0 320 200"],
      ["320", "200", "0 0 10 10"],
    ]);
    expect(sizes(2)).toEqual([
      ["320", "250", "0 0 320 250"],
      ["320", "200", "0 0 10 10"],
    ]);
  });

  it("has its legend below the drawing: a square of the color, and the text beside it", () => {
    const drawing = aDrawing();
    drawing.getBoundingClientRect = () => new DOMRect(0, 0, 320, 200);
    const legend = [
      { text: "Web", shape: '[data-tone="1"]' },
      { text: "None", shape: "#none" },
      { text: "Line" },
    ];
    const file = new DOMParser().parseFromString(standaloneSvg(drawing, "Cost", legend), "image/svg+xml");
    const of = (element: Element, ...names: readonly string[]) =>
      names.map((name) => element.getAttribute(name)).join(" ");
    const [background, square, ...others] = [...file.querySelectorAll("svg > rect")].filter(
      (rect) => rect.parentElement === file.documentElement,
    );
    if (background === undefined || square === undefined) throw new Error("There are two.");
    expect([of(background, "width", "height"), of(square, "x", "y", "width", "height"), others]).toEqual([
      "320 270",
      "4 210 12 12",
      [],
    ]);
    expect(
      [...file.querySelectorAll("text")].map((text) => `${of(text, "x", "y")} ${text.textContent}`),
    ).toEqual(["24 220 Web", "24 240 None", "4 260 Line"]);
  });

  it("writes hostile names of series as text", () => {
    const name = '</text><script>alert(1)</script>"&';
    const svg = standaloneSvg(aDrawing(), name, [{ text: name, shape: '[data-tone="1"]' }]);
    const file = new DOMParser().parseFromString(svg, "image/svg+xml");
    expect(file.querySelector("script")).toBeNull();
    expect(file.querySelector("text")?.textContent).toBe(name);
  });
});
