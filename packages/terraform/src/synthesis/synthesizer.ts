import {
  type Conditional,
  code,
  Expression,
  type Group,
  type Iteration,
  isExpression,
  isReserved,
} from "./expression.ts";
import { address, type Lifecycle, type LocalValue, type Resource } from "./resource.ts";
import { dataTypes, lifecycles, outputNames, resourceTypes, snakeCase } from "./resource-types.ts";

/** Everything that `infra/` declared, in its order. */
export interface Synthesis {
  readonly resources: readonly Resource[];
  readonly outputs: readonly ModuleOutput[];
  readonly subsystems: readonly Subsystem[];
  readonly requirements: readonly Requirement[];
  /** Files of `infra/` that the module contains. */
  readonly files: readonly string[];
}

export interface ModuleOutput {
  readonly name: string;
  readonly description: string;
  readonly value: unknown;
}

/** A sub-system: a file of the module. */
export interface Subsystem {
  readonly name: string;
  readonly description: string;
}

/** A condition on several inputs, and the error message for when it does not hold. */
interface Requirement {
  readonly condition: unknown;
  readonly message: string;
}

export interface AddOptions {
  readonly dependsOn?: readonly unknown[];
  readonly provider?: string | null;
  readonly lifecycle?: Lifecycle;
  readonly group?: Group;
}

/** Stands for a resource in `infra/`: its properties are expressions of its attributes. It is no value itself. */
class ResourceProxy {}

/** Collects what `infra/` declares. */
export class Synthesizer {
  readonly #resources: Resource[] = [];
  readonly #addresses = new Set<string>();
  readonly #resourceOf = new WeakMap<object, Resource>();
  readonly #localNames = new Set<string>();
  readonly #comments: string[] = [];
  readonly #locals: LocalValue[] = [];
  readonly #subsystems: Subsystem[] = [];
  readonly outputs: ModuleOutput[] = [];
  readonly requirements: Requirement[] = [];
  readonly files = new Set<string>();
  /** Of resources under the same condition one can use another as one that exists. */
  readonly #conditionals = new Map<unknown, Conditional>();
  #subsystem: string | null = null;
  #group: Group | null = null;

  synthesis(): Synthesis {
    const { outputs, requirements } = this;
    const [resources, subsystems, files] = [this.#resources, this.#subsystems, [...this.files]];
    return { resources, outputs, subsystems, requirements, files };
  }

  comment(text: string): void {
    this.#comments.push(text);
  }

  /** A local value of the module, declared above the next resource. */
  local(name: string, value: unknown): Expression {
    if (this.#localNames.has(name)) throw new Error(`local.${name} is declared twice. Rename one of them.`);
    this.#localNames.add(name);
    this.#locals.push({ name, value });
    return new Expression({ kind: "local", name, value });
  }

  subsystem<Made>(name: string, description: string, create: () => Made): Made {
    if (this.#subsystem !== null)
      throw new Error(`The sub-system ${name} is declared inside ${this.#subsystem}.`);
    if (!this.#subsystems.some((one) => one.name === name)) this.#subsystems.push({ name, description });
    this.#subsystem = name;
    try {
      return create();
    } finally {
      this.#subsystem = null;
    }
  }

  when<Made>(condition: unknown, create: () => Made): Made {
    const group = this.#conditionals.get(condition) ?? ({ kind: "conditional", condition } as const);
    this.#conditionals.set(condition, group);
    return this.#within(group, create);
  }

  forEach<Made>(iteration: Pick<Iteration, "forEach" | "source">, create: (each: Iteration) => Made): Made {
    const each: Iteration = { kind: "iteration", rows: null, defaults: {}, condition: null, ...iteration };
    return this.#within(each, () => create(each));
  }

  /** Resources for each row of a table, which is a local value. @returns what `create` returns, for each key */
  table<Made>(
    name: string,
    rows: Readonly<Record<string, object>>,
    create: (row: object, key: Expression) => Made,
    defaults: object = {},
  ): Record<string, Made> {
    const outer = this.#group;
    if (outer?.kind === "iteration") throw nested();
    const each = this.#iteration(name, rows, defaults, outer);
    this.#group = null;
    try {
      const made = this.#within(each, () =>
        create(rowOf(each, Object.values(rows), defaults), new Expression({ kind: "key", of: each })),
      );
      return Object.fromEntries(Object.keys(rows).map((key) => [key, this.#at(each, key, made) as Made]));
    } finally {
      this.#group = outer;
    }
  }

  /** A list with a value for each row of a table, which is a local value; in the place of blocks, a dynamic block. */
  map(
    name: string,
    rows: readonly object[],
    create: (row: object) => unknown,
    defaults: object = {},
    only: (row: object) => unknown = () => true,
  ): Expression {
    const each = this.#iteration(name, rows, defaults, null);
    const row = rowOf(each, rows, defaults);
    return new Expression({ kind: "for", each, value: create(row), condition: only(row) });
  }

  #iteration(
    name: string,
    given: readonly object[] | Readonly<Record<string, object>>,
    byDefault: object,
    condition: Group | null,
  ) {
    const written = Object.fromEntries(Object.entries(given).map(([key, row]) => [key, snakeCased(row)]));
    const defaults = snakeCased(byDefault);
    const rows = Object.fromEntries(
      Object.entries(written).map(([key, row]) => [key, { ...defaults, ...row }]),
    );
    const columns = Object.values(rows).map((row) => Object.keys(row).join());
    if (new Set(columns).size > 1) throw new Error(`The rows of ${name} do not have the same columns.`);
    this.local(name, Array.isArray(given) ? Object.values(written) : written);
    const source = code(`local.${name}`);
    return { kind: "iteration", forEach: source, source, rows, defaults, condition } as Iteration;
  }

  #within<Made>(group: Group, create: () => Made): Made {
    if (this.#group !== null) throw nested();
    this.#group = group;
    try {
      return create();
    } finally {
      this.#group = null;
    }
  }

  /** What was made inside an iteration, of the element with this key. */
  #at(each: Iteration, key: string, made: unknown): unknown {
    const at = (value: unknown) => new Expression({ kind: "at", each, key, value });
    if (isExpression(made)) return at(made);
    if (typeof made !== "object" || made === null) return made;
    const resource = this.#resourceOf.get(made);
    if (resource !== undefined) return this.#proxy(resource, at);
    return Object.fromEntries(Object.entries(made).map(([name, one]) => [name, this.#at(each, key, one)]));
  }

  /** Declares a resource. @returns its proxy */
  add(
    mode: Resource["mode"],
    type: string,
    name: string,
    args: Readonly<Record<string, unknown>>,
    options: AddOptions = {},
  ): object {
    if (this.#subsystem === null) throw new Error(`${type}.${name} belongs to no sub-system.`);
    const resource: Resource = {
      mode,
      type,
      name,
      args,
      group: options.group ?? this.#group,
      subsystem: this.#subsystem,
      comments: this.#comments.splice(0),
      locals: this.#locals.splice(0),
      dependsOn: (options.dependsOn ?? []).map((one) => this.#resourceBehind(one)),
      provider: options.provider ?? null,
      lifecycle: { ...lifecycles.get(type), ...options.lifecycle },
    };
    const place = address(resource);
    if (this.#addresses.has(place)) throw new Error(`${place} is declared twice. Rename one of them.`);
    this.#addresses.add(place);
    this.#resources.push(resource);
    return this.#proxy(resource, (attribute) => attribute);
  }

  #proxy(resource: Resource, wrap: (attribute: Expression) => Expression): object {
    const proxy = new Proxy(new ResourceProxy(), {
      get: (_, property) => {
        if (isReserved(property)) return undefined;
        const name = outputNames.get(`${resource.type}.${property}`) ?? snakeCase(property);
        return wrap(new Expression({ kind: "attribute", of: resource, name }));
      },
    });
    this.#resourceOf.set(proxy, resource);
    return proxy;
  }

  #resourceBehind(proxy: unknown): Resource {
    const resource = typeof proxy === "object" && proxy !== null ? this.#resourceOf.get(proxy) : undefined;
    if (resource === undefined)
      throw new Error("dependsOn contains something that is no resource of infra/.");
    return resource;
  }

  /** Replaces `@pulumi/aws`: its classes, by module. */
  aws(): unknown {
    return properties((module) => properties((name) => this.#class(`${module}.${name}`)));
  }

  #class(token: string): unknown {
    const type = resourceTypes.get(token);
    if (type === undefined) {
      throw new Error(
        `aws.${token} has no Terraform type in packages/terraform/src/synthesis/resource-types.ts. Add it there, and to the schemas.`,
      );
    }
    const add = (name: string, args: Readonly<Record<string, unknown>>, options: PulumiOptions = {}) =>
      this.add("resource", type, name, args, optionsOf(options, name));
    return class {
      constructor(name: string, args: Readonly<Record<string, unknown>>, options?: PulumiOptions) {
        // biome-ignore lint/correctness/noConstructorReturn: the proxy stands for the resource
        return add(name, args, options);
      }
    };
  }

  /** Declares a data source. @returns its proxy */
  data(type: string, name: string, args: Readonly<Record<string, unknown>>): object {
    if (!dataTypes.has(type))
      throw new Error(`data.${type} is not listed in packages/terraform/src/synthesis/resource-types.ts.`);
    return this.add("data", type, name, args);
  }
}

const nested = () =>
  new Error(
    "Conditions and repetitions of resources cannot stand inside each other. Write the inner one after the outer one, with what the outer one returns.",
  );

const snakeCased = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value ?? null]));

/** The current row of a table: an expression for each column, by its name in `infra/`. */
const rowOf = (each: Iteration, [row = {}]: readonly object[], defaults: object) =>
  Object.fromEntries(
    Object.keys({ ...defaults, ...row }).map((column) => [
      column,
      new Expression({ kind: "field", of: each, name: snakeCase(column) }),
    ]),
  );

/** An object whose properties are computed from their names. */
const properties = (value: (name: string) => unknown) =>
  new Proxy({}, { get: (_, name) => (typeof name === "symbol" ? undefined : value(name)) });

interface PulumiOptions {
  readonly dependsOn?: unknown;
  readonly ignoreChanges?: readonly string[];
  /** A provider that only the module has: `aws.us_east_1`. */
  readonly providerAlias?: string;
}

function optionsOf(options: PulumiOptions, name: string): AddOptions {
  const { dependsOn = [], ignoreChanges, providerAlias, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Error(`${name}: the option ${unknown} has no equivalent in the module.`);
  return {
    dependsOn: Array.isArray(dependsOn) ? dependsOn : [dependsOn],
    provider: providerAlias ?? null,
    ...(ignoreChanges === undefined ? {} : { lifecycle: { ignoreChanges } }),
  };
}
