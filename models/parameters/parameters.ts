/**
 * The parameters of a model: declared by shape and distribution, filled with keyed random numbers by whoever builds it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** How the values of a parameter are distributed before training. */
export type Initial =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "normal"; readonly standardDeviation: number }
  /** Uniform in (-limit, limit). */
  | { readonly kind: "uniform"; readonly limit: number };

/** A parameter before it has values. */
export interface ParameterSpec {
  /** Lengths of the axes; [] for one number. */
  readonly shape: readonly number[];
  /** Before training. */
  readonly initial: Initial;
}

/** A parameter with its path in the model, such as `encoder/hidden/weight`. */
export interface NamedParameterSpec extends ParameterSpec {
  /** Names on the way from the root to the leaf, with `/` between them. */
  readonly name: string;
}

/** Draws the values of one parameter; gets a key of its own by folding the name. */
export type SampleParameter = (spec: NamedParameterSpec) => Float32Array;

/** Variables by name. */
export type Variables = Readonly<Record<string, tf.Variable>>;

/** Parameters as tensors: the tree of the specs, with a tensor for each {@linkcode ParameterSpec}. */
export type Bound<Specs> = Specs extends ParameterSpec ? tf.Tensor
  : { readonly [Name in keyof Specs]: Bound<Specs[Name]> };

/** The parameters of one model, which own their memory. */
export interface Parameters<Specs> extends Disposable {
  /** The variables in the tree of their specs. */
  readonly tree: Bound<Specs>;
  /** The variables by path: what an optimizer changes and a checkpoint holds. */
  readonly variables: Variables;
}

/** A model with the variables that it owns. */
export type Owned<Model> = Model & Disposable & {
  /** What an optimizer changes and a checkpoint holds, by path. */
  readonly variables: Variables;
};

/**
 * Lists the parameters of a tree with their paths, in order.
 *
 * @param specs Records and arrays, nested at will, whose leaves are parameter specs.
 * @returns Each leaf, named by its path with `/` between the parts.
 */
export function listParameters(specs: object): NamedParameterSpec[] {
  return Object.entries(specs).flatMap(([name, node]) =>
    isSpec(node)
      ? [{ name, shape: node.shape, initial: node.initial }]
      : listParameters(node).map((spec) => ({
        ...spec,
        name: `${name}/${spec.name}`,
      }))
  );
}

/**
 * Counts the numbers in all parameters of a tree.
 *
 * @param specs Records and arrays, nested at will, whose leaves are parameter specs.
 */
export function countParameters(specs: object): number {
  return listParameters(specs).reduce(
    (sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1),
    0,
  );
}

/**
 * Creates a variable for each parameter of a tree.
 *
 * @param specs Records and arrays, nested at will, whose leaves are parameter specs.
 * @param draw Draws the values of one parameter.
 * @returns The variables; dispose them when the model is no longer used.
 * @throws {RangeError} If `draw` gives another number of values than the shape holds.
 */
export function createParameters<const Specs extends object>(
  specs: Specs,
  draw: SampleParameter,
): Parameters<Specs> {
  const variables: Variables = Object.fromEntries(
    listParameters(specs).map((spec) => [spec.name, variable(spec, draw)]),
  );
  return {
    tree: bindParameters(specs, variables),
    variables,
    [Symbol.dispose]: () => tf.dispose({ ...variables }),
  };
}

/**
 * Puts tensors in the places of their specs, so that a model can also be run on other values of its parameters.
 *
 * @param specs Records and arrays, nested at will, whose leaves are parameter specs.
 * @param tensors A tensor for each parameter, by path.
 * @returns The same tree with tensors as leaves.
 * @throws {RangeError} If a tensor is missing or its shape differs.
 */
export function bindParameters<const Specs extends object>(
  specs: Specs,
  tensors: Readonly<Record<string, tf.Tensor>>,
): Bound<Specs> {
  // The walk keeps the names and the nesting of the tree and changes only the leaves.
  return bind(specs, "", tensors) as Bound<Specs>;
}

/** Gives a model the variables that it was made of, to be disposed with it. */
export function own<Model extends object>(
  model: Model,
  { variables, [Symbol.dispose]: dispose }: Parameters<unknown>,
): Owned<Model> {
  return { ...model, variables, [Symbol.dispose]: dispose };
}

/**
 * Creates a model with variables of its own.
 *
 * @param specs Records and arrays, nested at will, whose leaves are parameter specs.
 * @param draw Draws the values of one parameter.
 * @param make The model as a function of its parameters, in the tree of their specs.
 * @returns The model; dispose it when it is no longer used.
 * @throws {RangeError} If `draw` gives another number of values than a shape holds.
 */
export function createOwned<const Specs extends object, Model extends object>(
  specs: Specs,
  draw: SampleParameter,
  make: (parameters: Bound<Specs>) => Model,
): Owned<Model> {
  const parameters = createParameters(specs, draw);
  return own(make(parameters.tree), parameters);
}

function bind(
  node: object,
  path: string,
  tensors: Readonly<Record<string, tf.Tensor>>,
): unknown {
  if (isSpec(node)) return tensorOf(path, node, tensors);
  const children = Object.entries(node).map(([name, child]) =>
    [name, bind(child, path ? `${path}/${name}` : name, tensors)] as const
  );
  return Array.isArray(node)
    ? children.map(([, child]) => child)
    : Object.fromEntries(children);
}

function tensorOf(
  name: string,
  { shape }: ParameterSpec,
  tensors: Readonly<Record<string, tf.Tensor>>,
): tf.Tensor {
  const tensor = tensors[name];
  if (tensor && `${tensor.shape}` === `${shape}`) return tensor;
  throw new RangeError(
    `Expected parameter "${name}" of shape [${shape}] but found ${
      tensor ? `[${tensor.shape}]` : "none"
    }`,
  );
}

function isSpec(node: object): node is ParameterSpec {
  return "shape" in node && "initial" in node;
}

function variable(
  spec: NamedParameterSpec,
  draw: SampleParameter,
): tf.Variable {
  const values = draw(spec);
  const size = spec.shape.reduce((product, side) => product * side, 1);
  if (values.length !== size) {
    throw new RangeError(
      `Expected ${size} values for parameter "${spec.name}" but found ${values.length}`,
    );
  }
  const initial = tf.tensor(values, [...spec.shape], "float32");
  const created = tf.variable(initial, true, freeName(spec.name));
  initial.dispose();
  return created;
}

/** TensorFlow.js wants every variable's name once in a process; two models may use the same path. */
function freeName(name: string): string {
  const taken = tf.engine().registeredVariables;
  if (!(name in taken)) return name;
  for (let copy = 2;; copy++) {
    if (!(`${name}:${copy}` in taken)) return `${name}:${copy}`;
  }
}
