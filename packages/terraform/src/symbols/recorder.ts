import { address, type Lifecycle, type Resource } from "./resource.ts";
import { type Group, Sym, toldToAll } from "./symbol.ts";
import { dataTypes, lifecycles, outputNames, resourceTypes } from "./types.ts";

/** Everything that `infra/` asked for, in its order. */
export interface Recording {
  readonly resources: readonly Resource[];
  readonly outputs: readonly ModuleOutput[];
  readonly parts: readonly Part[];
  readonly requirements: readonly Requirement[];
}

export interface ModuleOutput {
  readonly name: string;
  readonly about: string;
  readonly value: unknown;
}

/** A sub-system: a file of the module. */
export interface Part {
  readonly name: string;
  readonly about: string;
}

export interface Requirement {
  readonly flag: unknown;
  readonly sentence: string;
}

/** A provider that only the module knows by name. */
export interface ProviderMark {
  readonly providerAlias: string;
}

/** What `infra/` holds of a resource. It is no value: one of its properties is meant. */
class Face {}

/** Takes down what `infra/` makes. */
export class Recorder {
  readonly #resources: Resource[] = [];
  readonly #addresses = new Set<string>();
  readonly #behind = new WeakMap<object, Resource>();
  readonly #notes: string[] = [];
  readonly #parts: Part[] = [];
  readonly outputs: ModuleOutput[] = [];
  readonly requirements: Requirement[] = [];
  #part: string | null = null;
  #group: Group | null = null;

  recording(): Recording {
    return {
      resources: this.#resources,
      outputs: this.outputs,
      parts: this.#parts,
      requirements: this.requirements,
    };
  }

  /** The part that is being made. */
  get currentPart(): string | null {
    return this.#part;
  }

  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  part<Made>(name: string, about: string, create: () => Made): Made {
    if (this.#part !== null) throw new Error(`The part ${name} is begun inside of ${this.#part}.`);
    if (!this.#parts.some((part) => part.name === name)) this.#parts.push({ name, about });
    this.#part = name;
    try {
      return create();
    } finally {
      this.#part = null;
    }
  }

  within<Made>(group: Group, create: () => Made): Made {
    if (this.#group !== null)
      throw new Error("Conditions and repetitions of resources cannot stand inside each other.");
    this.#group = group;
    try {
      return create();
    } finally {
      this.#group = null;
    }
  }

  /** What stands for a resource in `infra/`: its properties are symbols of its attributes. */
  add(
    mode: Resource["mode"],
    type: string,
    name: string,
    args: Readonly<Record<string, unknown>>,
    options: {
      readonly dependsOn?: readonly unknown[];
      readonly provider?: string | null;
      readonly lifecycle?: Lifecycle;
      readonly group?: Group;
      readonly part?: string;
    } = {},
  ): object {
    const part = options.part ?? this.#part;
    if (part === null) throw new Error(`${type}.${name} belongs to no part.`);
    const resource: Resource = {
      mode,
      type,
      name,
      args,
      group: options.group ?? this.#group,
      part,
      notes: this.#notes.splice(0),
      dependsOn: (options.dependsOn ?? []).map((one) => this.behind(one)),
      provider: options.provider ?? null,
      lifecycle: { ...lifecycles.get(type), ...options.lifecycle },
    };
    const place = address(resource);
    if (this.#addresses.has(place)) throw new Error(`${place} is made twice. Give one of them another name.`);
    this.#addresses.add(place);
    this.#resources.push(resource);
    const face = new Proxy(new Face(), {
      get: (_, property) => {
        const told = toldToAll(property);
        if (told !== null) return told.answer;
        return new Sym({ kind: "attribute", of: resource, name: attributeName(type, String(property)) });
      },
    });
    this.#behind.set(face, resource);
    return face;
  }

  /** The resource that a face of `add` stands for. */
  behind(face: unknown): Resource {
    const resource = typeof face === "object" && face !== null ? this.#behind.get(face) : undefined;
    if (resource === undefined)
      throw new Error("dependsOn names something that is no resource of this recording.");
    return resource;
  }

  /** In the place of `@pulumi/aws`: its classes, by module. */
  aws(): unknown {
    const modules = new Map<string, object>();
    return new Proxy(
      {},
      {
        get: (_, module) => {
          if (typeof module === "symbol") return undefined;
          const known = modules.get(module) ?? this.#module(module);
          modules.set(module, known);
          return known;
        },
      },
    );
  }

  #module(module: string): object {
    return new Proxy(
      {},
      {
        get: (_, name) => (typeof name === "symbol" ? undefined : this.#class(`${module}.${name}`)),
      },
    );
  }

  #class(token: string): unknown {
    const type = resourceTypes.get(token);
    if (type === undefined) {
      throw new Error(
        `aws.${token} has no Terraform type in packages/terraform/src/symbols/types.ts. Add it there, and to the schemas.`,
      );
    }
    const add = (
      name: string,
      args: Readonly<Record<string, unknown>>,
      options: Record<string, unknown> = {},
    ) => this.add("resource", type, name, args, readOptions(options, name));
    return class {
      constructor(name: string, args: Readonly<Record<string, unknown>>, options?: Record<string, unknown>) {
        // biome-ignore lint/correctness/noConstructorReturn: what is made is a face of the recording
        return add(name, args, options);
      }
    };
  }

  /** A data source. */
  data(type: string, name: string, args: Readonly<Record<string, unknown>>): object {
    if (!dataTypes.has(type))
      throw new Error(`data.${type} is not known in packages/terraform/src/symbols/types.ts.`);
    return this.add("data", type, name, args);
  }
}

const OPTIONS = new Set(["dependsOn", "ignoreChanges", "provider", "providerAlias"]);

function readOptions(options: Record<string, unknown>, name: string) {
  const unknown = Object.keys(options).find((option) => !OPTIONS.has(option));
  if (unknown !== undefined) throw new Error(`${name}: the option ${unknown} has no form in the module.`);
  const dependsOn = options.dependsOn as readonly unknown[] | undefined;
  return {
    ...(dependsOn === undefined ? {} : { dependsOn: Array.isArray(dependsOn) ? dependsOn : [dependsOn] }),
    provider: (options.providerAlias as string | undefined) ?? null,
    ...(options.ignoreChanges === undefined
      ? {}
      : { lifecycle: { ignoreChanges: options.ignoreChanges as readonly string[] } }),
  };
}

const attributeName = (type: string, property: string) =>
  outputNames.get(`${type}.${property}`) ?? snakeCase(property);

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
