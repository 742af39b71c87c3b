/** CSS properties of a drawing that a saved file needs as attributes. */
const STYLE_PROPERTIES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "vector-effect",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

/** A line below a saved drawing that explains a shape. */
export interface LegendLine {
  readonly text: string;
  /** Selector of a shape with the explained color; absent where the line explains no color. */
  readonly shape?: string;
}

/** Explains the line over the bars of a trend. */
export const AVERAGE: LegendLine = { text: "The line: three-month average" };

const LINE = 20;
const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * A drawing of the page as a complete SVG file. Styles become attributes, and the legend is text below the drawing. Links
 * and shapes that only react to the pointer (`data-export="no"`) are removed.
 */
export function standaloneSvg(
  drawing: SVGSVGElement,
  title: string,
  legend: readonly LegendLine[] = [],
): string {
  const copy = styledCopy(drawing);
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const root = getComputedStyle(document.documentElement);
  const whole = height + (legend.length === 0 ? 0 : legend.length * LINE + LINE / 2);
  const file = element("svg", {
    width,
    height: whole,
    viewBox: `0 0 ${width} ${whole}`,
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
  });
  const name = element("title", {});
  name.textContent = title;
  file.append(name, element("rect", { width, height: whole, fill: root.backgroundColor }), copy);
  for (const [at, { text, shape }] of legend.entries()) {
    const y = height + (at + 1) * LINE;
    const found = shape === undefined ? null : drawing.querySelector(shape);
    if (found !== null) {
      file.append(
        element("rect", { x: 4, y: y - 10, width: 12, height: 12, fill: getComputedStyle(found).fill }),
      );
    }
    const line = element("text", { x: shape === undefined ? 4 : 24, y, fill: root.color });
    line.textContent = text;
    file.append(line);
  }
  return new XMLSerializer().serializeToString(file);
}

/** A copy whose attributes have the styles of the drawing. */
function styledCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  for (const [at, original] of originals.entries()) {
    const target = copies[at];
    if (target === undefined) continue;
    const style = getComputedStyle(original);
    for (const property of STYLE_PROPERTIES) {
      const value = style.getPropertyValue(property);
      if (value !== "" && value !== "normal") target.setAttribute(property, value);
    }
    for (const name of ["class", "tabindex", "role", "aria-label", "href"]) target.removeAttribute(name);
  }
  for (const hidden of copy.querySelectorAll("[data-export='no']")) hidden.remove();
  return copy;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
