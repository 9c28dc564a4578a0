import { task as diffusionExact } from "../../tasks/diffusion/diffusion_exact.ts";
import { task as diffusionGuidance } from "../../tasks/diffusion/diffusion_guidance.ts";
import { task as diffusionMnist } from "../../tasks/diffusion/diffusion_mnist.ts";
import { task as diffusionSamplers } from "../../tasks/diffusion/diffusion_samplers.ts";
import { task as stableDiffusion } from "../../tasks/diffusion/stable_diffusion.ts";
import { task as textToImage } from "../../tasks/diffusion/text_to_image.ts";
import { task as klGaussians } from "../../tasks/exact/kl_gaussians.ts";
import { task as meanField } from "../../tasks/exact/mean_field.ts";
import { task as families } from "../../tasks/families/families.ts";
import { task as featureNetwork } from "../../tasks/features/feature_network.ts";
import { task as flowMnist } from "../../tasks/flow/flow_mnist.ts";
import { task as flowPlane } from "../../tasks/flow/flow_plane.ts";
import { task as flowQuestions } from "../../tasks/flow/flow_questions.ts";
import { task as dcgan } from "../../tasks/gan/dcgan.ts";
import { task as gan } from "../../tasks/gan/gan.ts";
import { task as ganLosses } from "../../tasks/gan/gan_losses.ts";
import { task as ganModes } from "../../tasks/gan/gan_modes.ts";
import { task as normStudy } from "../../tasks/language/norm_study.ts";
import { task as postnormDeep } from "../../tasks/language/postnorm_deep.ts";
import { task as postnormShallow } from "../../tasks/language/postnorm_shallow.ts";
import { task as prenormDeep } from "../../tasks/language/prenorm_deep.ts";
import { task as prenormShallow } from "../../tasks/language/prenorm_shallow.ts";
import { task as shakespeare } from "../../tasks/language/shakespeare.ts";
import { task as attentionStudy } from "../../tasks/translation/attention_study.ts";
import { task as translateGru } from "../../tasks/translation/translate_gru.ts";
import { task as translateMany } from "../../tasks/translation/translate_many.ts";
import { task as elboGap } from "../../tasks/vae/elbo_gap.ts";
import { task as estimators } from "../../tasks/vae/estimators.ts";
import { task as iwae } from "../../tasks/vae/iwae.ts";
import { task as iwaeTwoLayers } from "../../tasks/vae/iwae_two_layers.ts";
import { task as vaeConv } from "../../tasks/vae/vae_conv.ts";
import { task as vaeConvK20 } from "../../tasks/vae/vae_conv_k20.ts";
import { task as vaeK20 } from "../../tasks/vae/vae_k20.ts";
import { task as vaeK3 } from "../../tasks/vae/vae_k3.ts";
import { task as vaeLatents } from "../../tasks/vae/vae_latents.ts";
import { task as vaeLikelihoods } from "../../tasks/vae/vae_likelihoods.ts";
import { task as vaeManifold } from "../../tasks/vae/vae_manifold.ts";
import { task as vaeMlp } from "../../tasks/vae/vae_mlp.ts";
import { task as vaeSmall14 } from "../../tasks/vae/vae_small14.ts";
import type { Task } from "../../pipelines/core/task/task.ts";

/** The experiments whose settings are written down. */
export const allTasks: readonly Task[] = [
  diffusionExact,
  diffusionGuidance,
  diffusionMnist,
  diffusionSamplers,
  stableDiffusion,
  textToImage,
  klGaussians,
  meanField,
  families,
  featureNetwork,
  flowMnist,
  flowPlane,
  flowQuestions,
  dcgan,
  gan,
  ganLosses,
  ganModes,
  normStudy,
  postnormDeep,
  postnormShallow,
  prenormDeep,
  prenormShallow,
  shakespeare,
  attentionStudy,
  translateGru,
  translateMany,
  elboGap,
  estimators,
  iwae,
  iwaeTwoLayers,
  vaeConv,
  vaeConvK20,
  vaeK20,
  vaeK3,
  vaeLatents,
  vaeLikelihoods,
  vaeManifold,
  vaeMlp,
  vaeSmall14,
];
