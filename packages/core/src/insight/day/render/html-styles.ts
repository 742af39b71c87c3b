/** Colors of the page's own palette (tokens.css of the web package), for light and dark. */
const LIGHT = {
  paper: "#fbfbf9",
  card: "#ffffff",
  ink: "#15191c",
  soft: "#545b61",
  line: "#e4e4de",
  accent: "#0f5a6b",
};
const DARK = {
  paper: "#131619",
  card: "#1a1e22",
  ink: "#eceeec",
  soft: "#aeb5ba",
  line: "#2a3035",
  accent: "#7fcadb",
};

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const CELL = `border-top:1px solid ${LIGHT.line};padding:6px 0;vertical-align:top;font-size:14px;line-height:20px`;
const FIGURE = `${CELL};padding-left:12px;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums`;

/** What stands on each element: many mail programs read nothing else. */
export const STYLES = {
  body: `margin:0;padding:0;background:${LIGHT.paper};color:${LIGHT.ink};${FONT};-webkit-text-size-adjust:100%`,
  outer: `width:100%;border-collapse:collapse;background:${LIGHT.paper}`,
  around: "padding:12px 8px",
  card: `width:100%;max-width:640px;border-collapse:collapse;background:${LIGHT.card};text-align:left`,
  inside: `padding:20px 16px 24px;color:${LIGHT.ink};${FONT};overflow-wrap:anywhere`,
  heading: `margin:0;font-size:15px;line-height:22px;font-weight:600;color:${LIGHT.soft}`,
  hero: "margin:4px 0 0;font-size:36px;line-height:44px;font-weight:600;font-variant-numeric:tabular-nums",
  unbroken: "white-space:nowrap",
  headline: "margin:0 0 8px;font-size:16px;line-height:24px",
  note: `margin:12px 0 0;padding:2px 0 2px 12px;border-left:3px solid ${LIGHT.accent};font-size:14px;line-height:20px`,
  title: "margin:28px 0 0;font-size:17px;line-height:24px;font-weight:600",
  subtitle: `margin:0 0 8px;font-size:13px;line-height:18px;color:${LIGHT.soft}`,
  table: "width:100%;border-collapse:collapse",
  label: `${CELL};text-align:left;font-weight:400`,
  figure: FIGURE,
  remark: `display:block;color:${LIGHT.soft}`,
  detail: `padding:0 0 8px 12px;font-size:13px;line-height:18px;color:${LIGHT.soft}`,
  sentence: "margin:8px 0 0;font-size:14px;line-height:20px",
  link: "margin:28px 0 0;font-size:15px;line-height:22px",
  anchor: `color:${LIGHT.accent}`,
  source: `margin:12px 0 0;font-size:12px;line-height:18px;color:${LIGHT.soft}`,
} as const;

/**
 * What a media query changes, by class: a rule has to win against the style on the element. Without media queries the mail
 * is light, and fits a phone.
 */
export const MEDIA_STYLES = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  "@media (max-width:480px){",
  ".around{padding:0!important}",
  ".inside{padding:16px 12px 20px!important}",
  ".figure{font-size:13px!important;padding-left:8px!important}",
  "}",
  "@media (min-width:481px){",
  ".figure{min-width:88px}",
  ".remark{display:inline-block!important;min-width:80px}",
  "}",
  "@media (prefers-color-scheme:dark){",
  `.paper{background:${DARK.paper}!important;color:${DARK.ink}!important}`,
  `.card{background:${DARK.card}!important}`,
  `.ink{color:${DARK.ink}!important}`,
  `.soft{color:${DARK.soft}!important}`,
  `.line{border-color:${DARK.line}!important}`,
  `.note{border-color:${DARK.accent}!important}`,
  `.accent{color:${DARK.accent}!important}`,
  "}",
].join("");
