/** The kind of every value in a JSON text by its path, and the actions: what a plan made again has in common with the first one. */
export function planShape(text: string): ReadonlyMap<string, string> {
  const shape = new Map<string, string>();
  const add = (path: string, value: unknown): void => {
    if (Array.isArray(value)) {
      shape.set(path, `list of ${value.length}`);
      for (const [at, element] of value.entries()) add(`${path}[${at}]`, element);
    } else if (typeof value === "object" && value !== null) {
      shape.set(path, "object");
      for (const [name, member] of Object.entries(value)) add(`${path}.${name}`, member);
    } else {
      const isFact = /\.(actions\[\d+\]|address|action_reason|errored|complete|applyable)$/.test(path);
      shape.set(path, isFact ? JSON.stringify(value) : value === null ? "null" : typeof value);
    }
  };
  add("", JSON.parse(text));
  return shape;
}
