import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import {
  count,
  list,
  oneOf,
  text,
} from "../../../../pipelines/core/task/fields.ts";
import {
  type Flags,
  namesOf,
  only,
  settle,
  withDefaults,
} from "../../../../pipelines/core/task/settings_table.ts";

interface Training {
  readonly epochs: number;
  readonly snapshots: readonly number[];
  readonly decay: "cosine" | "constant";
  readonly note: string;
}

const training: Flags<Training> = {
  epochs: count(20, "passes over the data", { smoke: 2 }),
  snapshots: list([0, 1], count(0, "epochs to keep", { min: 0 })),
  decay: oneOf(["cosine", "constant"], "how the rate falls"),
  note: text("", "what to remember"),
};

const train: Stage<
  Partial<Training> & { readonly x: number },
  { readonly total: number }
> = stage("train", {
  needs: ["x"],
  settings: only(training, "epochs", "snapshots"),
  adds: { total: "x times epochs" },
}, ({ x, epochs }) => ({ total: x * epochs }));

Deno.test("a stage takes the defaults of settings that are not given", async () => {
  assertEquals(train.needs, ["x", "epochs", "snapshots"]);
  assertEquals(await execute(train, { x: 2 }, { seed: 0 }), { total: 40 });
  assertEquals(await execute(train, { x: 2, epochs: 3 }, { seed: 0 }), {
    total: 6,
  });
});

/** Settings that break a rule, and what is said of them. */
const wrong: readonly (readonly [Partial<Training>, string])[] = [
  [
    { epochs: -1 },
    'Cannot use epochs: Expected a whole number of at least 1 but found "-1"',
  ],
  [
    { epochs: 1.5 },
    'Cannot use epochs: Expected a whole number of at least 1 but found "1.5"',
  ],
  [
    { epochs: NaN },
    'Cannot use epochs: Expected a whole number of at least 1 but found "NaN"',
  ],
  [
    { epochs: "3" as unknown as number },
    'Cannot use epochs: Expected 3 but found "3"',
  ],
  [
    { snapshots: [0, -2] },
    'Cannot use snapshots: Expected a whole number of at least 0 but found "-2"',
  ],
];

for (const [settings, message] of wrong) {
  Deno.test(`a run with ${JSON.stringify(settings)} is refused before any work`, async () => {
    let worked = false;
    const first: Stage<{ readonly x: number }, { readonly seen: number }> =
      stage(
        "first",
        { needs: ["x"], adds: { seen: "x" } },
        ({ x }) => {
          worked = true;
          return { seen: x };
        },
      );
    type In = { readonly x: number } & Partial<Training>;
    const run = pipeline<In>("run").pipe(first).pipe(train).give("total");
    await assertRejects(
      () => execute(run, { x: 1, ...settings }, { seed: 0 }),
      RangeError,
      message,
    );
    assertEquals(worked, false);
  });
}

Deno.test("settle() keeps what is given and no field names", () => {
  const given = { epochs: 3, other: "kept" };
  const { epochs, ...rest } = settle(training, given);
  assertEquals(epochs, 3);
  assertEquals<unknown>(rest, {
    other: "kept",
    snapshots: [0, 1],
    decay: "cosine",
    note: "",
  });
  assertEquals(given, { epochs: 3, other: "kept" });
});

Deno.test("withDefaults() changes defaults alone", () => {
  const changed = withDefaults(training, { epochs: 5 });
  assertEquals(changed.epochs.fallback, 5);
  assertEquals(changed.epochs.smoke, 2);
  assertEquals(changed.decay, training.decay);
  assertEquals(training.epochs.fallback, 20);
  assertEquals(namesOf(changed), ["epochs", "snapshots", "decay", "note"]);
  // @ts-expect-error `epoch` is no setting
  withDefaults(training, { epoch: 5 });
});

Deno.test("pipeline() refuses stages that do not agree on a setting", () => {
  const other: Stage<
    Partial<Pick<Training, "epochs">>,
    { readonly more: number }
  > = stage("other", {
    needs: [],
    settings: { epochs: count(7, "passes") },
    adds: { more: "epochs" },
  }, ({ epochs }) => ({ more: epochs }));
  type In = { readonly x: number } & Partial<Training>;
  assertThrows(
    () => pipeline<In>("run").pipe(train).pipe(other),
    TypeError,
    'Expected one field for the setting "epochs" but found two',
  );
});

Deno.test("stage() refuses settings that its entries do not name", () => {
  const wrong: Stage<{ readonly x: number }, { readonly total: number }> =
    stage(
      "wrong",
      // @ts-expect-error `epochs` is not among the entries
      {
        needs: ["x"],
        settings: only(training, "epochs"),
        adds: { total: "x times epochs" },
      },
      ({ x }: { readonly x: number }) => ({ total: x }),
    );
  assertEquals(wrong.name, "wrong");
});
