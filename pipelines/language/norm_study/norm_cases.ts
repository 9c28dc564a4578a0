/**
 * The models that a study of layer norms compares.
 * @module
 */
import type { Normalization } from "../../../models/layers/residual.ts";
import { type Architecture, buildTransformer } from "../build_transformer.ts";
import { only } from "../../core/task/flags.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Stage } from "../../core/stage.ts";
import type {
  InitialKind,
  JacobianKind,
  StableKind,
  TrainedKind,
} from "./norm_study_entries.ts";
import type { CharacterText } from "../../text/text_entries.ts";
import { evaluateTextLoss } from "../evaluate_text_loss.ts";
import { gatherGradients } from "../gather_gradients.ts";
import { measureInitialNorms } from "./measure_initial_norms.ts";
import { measureJacobians } from "./measure_jacobians.ts";
import { findStableRates, stabilitySizes } from "./find_stable_rates.ts";
import { trainLanguageModel } from "../train_language_model.ts";
import {
  type SharedConfig,
  sharedSettings,
  type StudySizes,
  studySizes,
} from "./study_settings.ts";

/** What the study starts from. */
export type StudyInput = Partial<SharedConfig & StudySizes> & {
  readonly text: CharacterText;
};

/** What each model starts from. */
type Model = SharedConfig & Partial<StudySizes> & {
  readonly text: CharacterText;
};

const normalizations: readonly Normalization[] = ["pre", "post"];
const architectures: readonly Architecture[] = ["causal", "encoder-decoder"];

interface Kind {
  readonly kind: string;
  readonly normalization: Normalization;
  readonly layers: number;
}

/** The four kinds of models, by name. */
function kindsOf(
  { shallow, deep }: Pick<StudySizes, "shallow" | "deep">,
): readonly Kind[] {
  return normalizations.flatMap((normalization) => [
    { kind: `${normalization}norm-shallow`, normalization, layers: shallow },
    { kind: `${normalization}norm-deep`, normalization, layers: deep },
  ]);
}

/** Trains each kind from each seed; equal seeds begin with equal weights and see equal text. */
export const trainKinds: Stage<
  StudyInput,
  { readonly trained: readonly TrainedKind[] }
> = forEach("train", {
  needs: ["text"],
  settings: {
    ...sharedSettings,
    ...only(studySizes, "seeds", "shallow", "deep"),
  },
  adds: { trained: "records, gradients and test losses, by kind and seed" },
  cases: (input) =>
    kindsOf(input).flatMap((kind) =>
      Array.from({ length: input.seeds }, (_, seed) => ({
        name: `${kind.kind}/seed${seed}`,
        input: { ...input, ...kind },
        keyName: `seed ${seed}`,
      }))
    ),
  stage: pipeline<Model & Kind>("model")
    .pipe(buildTransformer)
    .pipe(trainLanguageModel)
    .pipe(evaluateTextLoss)
    .pipe(gatherGradients)
    .give("training", "gradients", "testLoss"),
  collect: (results) => ({
    trained: [...Map.groupBy(results, ({ input }) => input.kind).values()]
      .map((own) => {
        const { kind, normalization, layers } = own[0]!.input; // a group is not empty
        const runs = own.map(({ out: { testLoss, ...rest } }) => ({
          ...rest,
          testLoss: testLoss.all.mean,
        }));
        return { kind, normalization, layers, runs };
      }),
  }),
});

/** Measures untrained models of both architectures and of all depths. */
export const studyInitials: Stage<
  StudyInput,
  { readonly untrained: readonly InitialKind[] }
> = forEach("untrained", {
  needs: ["text"],
  settings: {
    ...sharedSettings,
    ...only(studySizes, "depths", "initialSeeds"),
  },
  adds: { untrained: "norms of untrained models, by depth and draw" },
  cases: (input) =>
    architectures.flatMap((architecture) =>
      normalizations.flatMap((normalization) =>
        input.depths.map((layers) => ({
          name: `${architecture}/${normalization}norm-${layers}`,
          input: { ...input, architecture, normalization, layers },
          keyName: architecture,
        }))
      )
    ),
  stage: pipeline<Model & Omit<Kind, "kind">>("model")
    .pipe(buildTransformer)
    .pipe(measureInitialNorms)
    .give("initial"),
  collect: (results) => ({
    untrained: results.map(({ input: { normalization, layers }, out }) => ({
      normalization,
      layers,
      stacks: out.initial,
    })),
  }),
});

/** Differentiates the layers of small untrained models, which are attention alone. */
export const studyDerivatives: Stage<
  StudyInput,
  { readonly derivatives: readonly JacobianKind[] }
> = forEach("derivatives", {
  needs: ["text"],
  settings: {
    ...sharedSettings,
    ...only(studySizes, "jacobianWidth", "jacobianLayers"),
    ...only(studySizes, "jacobianContext", "jacobianSeeds"),
  },
  adds: { derivatives: "singular values of dx_l / dx_{l-1}" },
  cases: (input) =>
    normalizations.map((normalization) => ({
      name: `${normalization}norm`,
      input: {
        ...input,
        architecture: "causal" as const,
        normalization,
        layers: input.jacobianLayers,
        width: input.jacobianWidth,
        context: input.jacobianContext,
        feedForward: "none" as const,
      },
      keyName: "derivatives",
    })),
  stage: pipeline<Model & Omit<Kind, "kind">>("model")
    .pipe(buildTransformer)
    .pipe(measureJacobians)
    .give("jacobians"),
  collect: (results) => ({
    derivatives: results.map(({ input: { normalization }, out }) => ({
      normalization,
      ...out,
    })),
  }),
});

/** Finds the largest learning rate that each kind bears. */
export const studyStability: Stage<
  StudyInput,
  { readonly stability: readonly StableKind[] }
> = forEach("stability", {
  needs: ["text"],
  settings: {
    ...sharedSettings,
    ...only(studySizes, "shallow", "deep"),
    ...stabilitySizes,
  },
  adds: { stability: "largest stable learning rate, by kind and warm-up" },
  cases: (input) =>
    kindsOf(input).map((kind) => ({
      name: kind.kind,
      input: { ...input, ...kind },
      keyName: "stability",
    })),
  stage: pipeline<Model & Kind>("model")
    .pipe(buildTransformer)
    .pipe(findStableRates)
    .give("stableRates"),
  collect: (results) => ({
    stability: results.map(({ input: { kind }, out }) => ({
      kind,
      rates: out.stableRates,
    })),
  }),
});
