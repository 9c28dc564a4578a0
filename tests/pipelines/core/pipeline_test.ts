import {
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { fromFileUrl } from "@std/path";
import { type Pipeline, pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type Entries,
  type Stage,
  stage,
} from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import { type Equal, expectType } from "../../expect_type.ts";

interface Source {
  readonly path: string;
}
interface Images {
  readonly images: Disposable;
}
interface Fitted {
  readonly epochs: number;
}
interface Evaluation {
  readonly elbo: number;
}

let live = 0;
const load: Stage<Source, Images> = stage("load", {
  needs: ["path"],
  adds: { images: "a resource that counts itself" },
}, () => {
  live++;
  return { images: { [Symbol.dispose]: () => void live-- } };
});
const fit: Stage<Images, Fitted> = stage("fit", {
  needs: ["images"],
  adds: { epochs: "passes over the data" },
}, () => ({ epochs: 1 }));
const evaluate: Stage<Images & Fitted, Evaluation> = stage("evaluate", {
  needs: ["images", "epochs"],
  adds: { elbo: "nats per image" },
}, () => ({ elbo: -90 }));
const diverge: Stage<Images, Fitted> = stage("fit", {
  needs: ["images"],
  adds: { epochs: "passes over the data" },
}, () => {
  throw new RangeError("Expected a finite elbo but found NaN");
});

Deno.test("pipeline() holds the entries of its stages", () => {
  const train = pipeline<Source>("train").pipe(load).pipe(fit);
  type Expected = Pipeline<
    Source,
    { readonly images: Disposable; readonly epochs: number }
  >;
  expectType<Equal<typeof train, Expected>>();
});

Deno.test("pipeline() rejects a stage whose input is missing", () => {
  // @ts-expect-error `epochs` is missing: `fit` must come first
  pipeline<Source>("train").pipe(load).pipe(evaluate);
});

Deno.test("pipeline() rejects a stage that adds an entry again", () => {
  // @ts-expect-error `images` is already held
  pipeline<Source>("train").pipe(load).pipe({ ...load, name: "load-again" });
});

Deno.test("give() rejects an entry that no stage adds", () => {
  // @ts-expect-error `elbo` is added by `evaluate`, which is missing
  pipeline<Source>("train").pipe(load).pipe(fit).give("elbo");
});

Deno.test("stage() rejects an entry that its type does not name", () => {
  const entries = { needs: ["images"], adds: { epochs: "passes" } } as const;
  type Entry = Entries<Images, Fitted, "images">;
  const right: Entry = entries;
  // @ts-expect-error `epochs` is not read by this stage
  const unknown: Entry = { ...entries, needs: ["epochs"] };
  // @ts-expect-error `epochs` has no description
  const silent: Entry = { ...entries, adds: {} };
  const all = [right, unknown, silent];
  assertEquals(all.map(({ needs }) => needs.length), [1, 1, 1]);
});

Deno.test("stage() hands its function the entries that are listed, and no others", () => {
  const entries = { needs: ["images"], adds: { elbo: "nats" } } as const;
  const listed: Stage<Images & Fitted, Evaluation> = stage(
    "evaluate",
    entries,
    // @ts-expect-error `epochs` is read but not listed
    ({ epochs }) => ({ elbo: epochs }),
  );
  assertEquals(listed.needs, ["images"]);
  const explicit = stage<Images & Fitted, Evaluation, "images">(
    "evaluate",
    entries,
    // @ts-expect-error `epochs` is read but not listed
    ({ epochs }) => ({ elbo: epochs }),
  );
  assertEquals(explicit.needs, ["images"]);
});

Deno.test("pipeline() refuses two stages of one name, which would share a key and a checkpoint", () => {
  const again: Stage<Fitted, { readonly again: number }> = stage("fit", {
    needs: ["epochs"],
    adds: { again: "passes over the data" },
  }, ({ epochs }) => ({ again: epochs }));
  const train = pipeline<Source>("train").pipe(load).pipe(fit);
  assertThrows(
    () => train.pipe(again),
    TypeError,
    'Expected one stage called "fit" in pipeline "train" but found two',
  );
  assertThrows(
    () => train.include(pipeline<Fitted>("more").pipe(again)),
    TypeError,
    'Expected one stage called "fit" in pipeline "train" but found two',
  );
});

Deno.test("include() gives stages the path and the key that they have when piped", async () => {
  const where: Stage<Fitted, { readonly where: string }> = stage("where", {
    needs: ["epochs"],
    adds: { where: "path and key" },
  }, (_, { path, key }) => ({ where: `${path.join(" > ")} ${key.words}` }));
  const shared = pipeline<Fitted>("shared").pipe(where);
  const run = (whole: Stage<Fitted, { readonly where: string }>) =>
    execute(whole, { epochs: 1 }, { seed: 0 });
  const included = await run(pipeline<Fitted>("all").include(shared));
  assertEquals(included, await run(pipeline<Fitted>("all").pipe(where)));
  assertStringIncludes(included.where, "all > where ");
  assertNotEquals(included, await run(pipeline<Fitted>("all").pipe(shared)));
  // @ts-expect-error `epochs` is missing: `fit` must come first
  assertEquals(pipeline<Source>("all").include(shared).needs, ["epochs"]);
});

/** Prints what `deno check` says of a program that must not compile. */
async function compilerSays(program: string): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  const config = fromFileUrl(import.meta.resolve("../../../deno.json"));
  try {
    await Deno.writeTextFile(file, program);
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, file],
      env: { NO_COLOR: "1" },
    }).output();
    return new TextDecoder().decode(stderr);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("the compiler names the missing and the duplicate entry", async () => {
  const says = await compilerSays(`
    import { pipeline } from "${
    import.meta.resolve("../../../pipelines/core/pipeline.ts")
  }";
    import type { Stage } from "${
    import.meta.resolve("../../../pipelines/core/stage.ts")
  }";
    declare const load: Stage<{ path: string }, { images: number }>;
    declare const evaluate: Stage<{ images: number; vae: string }, { elbo: number }>;
    pipeline<{ path: string }>("wrong").pipe(load).pipe(evaluate);
    pipeline<{ path: string }>("wrong").pipe(load).pipe(load);
  `);
  assertStringIncludes(says, `"entry is missing": "vae"`);
  assertStringIncludes(says, `"entry is already held": "images"`);
});

Deno.test("give() frees the entries it does not name", async () => {
  const train = pipeline<Source>("train")
    .pipe(load).pipe(fit).pipe(evaluate).give("elbo");
  const given = await execute(train, { path: "digits" }, { seed: 0 });
  assertEquals(given, { elbo: -90 });
  assertEquals(live, 0);
});

Deno.test("a failing run names the path to the stage and frees the rest", async () => {
  const train = pipeline<Images>("train").pipe(diverge).give("epochs");
  const sweep = pipeline<Source>("sweep").pipe(load).pipe(train);
  const error = await assertRejects(
    () => execute(sweep, { path: "" }, { seed: 0 }),
    StageError,
    'Cannot finish stage "sweep > train > fit": Expected a finite elbo but found NaN',
  );
  assertEquals(error.path, ["sweep", "train", "fit"]);
  assertEquals(live, 0);
});

Deno.test("a stage that returns an entry it does not declare is refused, and freed", async () => {
  const hidden = stage<Source, Images, "path">("hidden", {
    needs: ["path"],
    adds: { images: "a resource that counts itself" },
  }, async (input, context) => {
    const more = { ...await load.run(input, context), more: 1 };
    return more; // the compiler lets a value have more entries than its type
  });
  const run = pipeline<Source>("run").pipe(hidden);
  await assertRejects(
    () => execute(run, { path: "" }, { seed: 0 }),
    StageError,
    "Expected the declared entries (images) but found (images, more)",
  );
  assertEquals(live, 0);
});

Deno.test("a stage is handed the entries it declares, and no others", async () => {
  let seen: string[] = [];
  const look: Stage<Source, { readonly seen: number }> = stage("look", {
    needs: ["path"],
    adds: { seen: "how many entries it saw" },
  }, (input) => ({ seen: (seen = Object.keys(input)).length }));
  const input = { path: "here", secret: 1 };
  await execute(pipeline<Source>("run").pipe(look), input, { seed: 0 });
  assertEquals(seen, ["path"]);
});

const drawn = <Name extends string>(
  name: Name,
): Stage<object, Record<Name, string>> =>
  stage<object, Record<Name, string>>(name, {
    needs: [],
    adds: { [name]: "the stage's key" } as Record<Name, string>, // a computed name widens
  }, (_, { key }) => ({ [name]: String(key.words) }) as Record<Name, string>);

Deno.test("each stage has its own key, which another stage does not change", async () => {
  const first = pipeline<object>("run").pipe(drawn("a")).pipe(drawn("b"));
  const more = pipeline<object>("run")
    .pipe(drawn("c")).pipe(drawn("a")).pipe(drawn("b"));
  const { a, b } = await execute(first, {}, { seed: 0 });
  assertNotEquals(a, b);
  const again = await execute(more, {}, { seed: 0 });
  assertEquals([again.a, again.b], [a, b]);
  const other = await execute(first, {}, { seed: 1 });
  assertNotEquals(other.a, a);
});

Deno.test("pipeline() tells what it needs and adds without running", () => {
  const inner = pipeline<Images>("inner").pipe(fit).pipe(evaluate).give("elbo");
  const outer = pipeline<Source>("outer").pipe(load).pipe(inner);
  assertEquals(outer.needs, ["path"]);
  assertEquals(Object.keys(outer.adds), ["images", "elbo"]);
  assertEquals(outer.stages.map(({ name }) => name), ["load", "inner"]);
});
