/**
 * Generative models as plain, synchronous TensorFlow.js functions: distributions, objectives, layers, optimizers, families.
 * @module
 */
// Parameters
export * from "./parameters/initials.ts";
export * from "./parameters/parameters.ts";

// Gradients
export * from "./gradients/loss_and_gradients.ts";
export * from "./gradients/stop_gradient.ts";
export * from "./gradients/value_and_gradients.ts";
export * from "./gradients/with_gradient.ts";

// Distributions
export * from "./distributions/bernoulli.ts";
export * from "./distributions/categorical.ts";
export * from "./distributions/cholesky.ts";
export * from "./distributions/continuous_bernoulli.ts";
export * from "./distributions/diagonal_normal.ts";
export * from "./distributions/distribution.ts";
export * from "./distributions/full_normal.ts";
export * from "./distributions/linear_gaussian_posterior.ts";
export * from "./distributions/normal_cdf.ts";
export * from "./distributions/normal_quantile.ts";
export * from "./distributions/pixel_likelihood.ts";
export * from "./distributions/standard_normal.ts";
export * from "./distributions/univariate_kl.ts";

// Estimators
export * from "./estimators/annealing_step.ts";
export * from "./estimators/grouped_bounds.ts";
export * from "./estimators/hamiltonian_transition.ts";
export * from "./estimators/latent_grid.ts";
export * from "./estimators/pairwise_log_prob.ts";
export * from "./estimators/sampled_kl.ts";
export * from "./estimators/temperatures.ts";
export * from "./estimators/tempered_likelihood.ts";

// Mean field
export * from "./mean_field/best_factors.ts";
export * from "./mean_field/bisect.ts";
export * from "./mean_field/coordinate_descent.ts";
export * from "./mean_field/factored_normal.ts";
export * from "./mean_field/free_energy.ts";
export * from "./mean_field/golden_section.ts";
export * from "./mean_field/not_all_ones.ts";

// Adversarial games
export * from "./adversarial/adversarial_losses.ts";
export * from "./adversarial/adversarial_updates.ts";
export * from "./adversarial/gaussian_game.ts";
export * from "./adversarial/gradient_penalties.ts";
export * from "./adversarial/network.ts";
export * from "./adversarial/objective.ts";
// Attention
export * from "./attention/additive.ts";
export * from "./attention/attend.ts";
export * from "./attention/location.ts";
export * from "./attention/multiplicative.ts";
export * from "./attention/query_attention.ts";

// Objectives
export * from "./objectives/doubly_reparameterized_bound.ts";
export * from "./objectives/elbo.ts";
export * from "./objectives/iwae_bound.ts";
export * from "./objectives/latent_variable_model.ts";
export * from "./objectives/log_weights.ts";
export * from "./objectives/mean_over_tokens.ts";
export * from "./objectives/running_log_mean_exp.ts";
export * from "./objectives/sampled_bound.ts";
export * from "./objectives/sticking_the_landing.ts";
export * from "./objectives/token_cross_entropy.ts";

// Optimizers
export * from "./optimizers/adagrad.ts";
export * from "./optimizers/adam.ts";
export * from "./optimizers/clip_by_global_norm.ts";
export * from "./optimizers/elementwise.ts";
export * from "./optimizers/group.ts";
export * from "./optimizers/optimizer.ts";
export * from "./optimizers/sgd.ts";

// Layers
export * from "./layers/activation.ts";
export * from "./layers/attention.ts";
export * from "./layers/convolution.ts";
export * from "./layers/dropout.ts";
export * from "./layers/embedding.ts";
export * from "./layers/feed_forward.ts";
export * from "./layers/gru.ts";
export * from "./layers/hidden_layers.ts";
export * from "./layers/layer_initials.ts";
export * from "./layers/layer_norm.ts";
export * from "./layers/layer_stack.ts";
export * from "./layers/linear.ts";
export * from "./layers/mask.ts";
export * from "./layers/residual.ts";
export * from "./layers/sequence_options.ts";
export * from "./layers/sinusoidal_positions.ts";
export * from "./layers/token_embedding.ts";
export * from "./layers/token_logits.ts";
export * from "./layers/transformer_initials.ts";
export * from "./layers/transformer_layer.ts";

// Flows
export * from "./flows/act_norm.ts";
export * from "./flows/affine_coupling.ts";
export * from "./flows/bijector.ts";
export * from "./flows/channels.ts";
export * from "./flows/conditioners.ts";
export * from "./flows/conv_coupling.ts";
export * from "./flows/dequantization.ts";
export * from "./flows/flow.ts";
export * from "./flows/logit.ts";
export * from "./flows/reshaping.ts";
export * from "./flows/vector_flow.ts";
// Decoding with kept keys and values
export * from "./decoding/cached_attention.ts";
export * from "./decoding/decoder_step.ts";
export * from "./decoding/encoder_decoder_parameters.ts";
export * from "./decoding/stepwise_transformer.ts";
export * from "./decoding/stepwise_translator.ts";

// Recurrent translators
export * from "./recurrent/seq2seq_parameters.ts";
export * from "./recurrent/stepwise_seq2seq.ts";
export * from "./recurrent/translator.ts";

// Normalization with a state
export * from "./normalization/batch_norm.ts";
export * from "./normalization/spectral_norm.ts";

// Sampling
export * from "./sampling/beam_search.ts";
export * from "./sampling/next_token.ts";

// Diffusion
export * from "./diffusion/bound_terms.ts";
export * from "./diffusion/forward_process.ts";
export * from "./diffusion/guidance.ts";
export * from "./diffusion/loss_weighting.ts";
export * from "./diffusion/noise_schedule.ts";
export * from "./diffusion/normal_mixture.ts";
export * from "./diffusion/pixel_decoder.ts";
export * from "./diffusion/prediction.ts";
export * from "./diffusion/probability_flow.ts";

// Samplers
export * from "./samplers/configured_sampler.ts";
export * from "./samplers/configured_sampling.ts";
export * from "./samplers/ddim.ts";
export * from "./samplers/ddpm.ts";
export * from "./samplers/dpm_solver.ts";
export * from "./samplers/dpm_solver_sde.ts";
export * from "./samplers/euler.ts";
export * from "./samplers/heun.ts";
export * from "./samplers/last_steps.ts";
export * from "./samplers/lms.ts";
export * from "./samplers/output_law.ts";
export * from "./samplers/pndm.ts";
export * from "./samplers/run_sampler.ts";
export * from "./samplers/sampler.ts";
export * from "./samplers/sampling_grid.ts";
export * from "./samplers/scheduler_config.ts";
export * from "./samplers/spacing.ts";
export * from "./samplers/unipc.ts";

// U-Nets
export * from "./unet/group_norm.ts";
export * from "./unet/patches.ts";
export * from "./unet/resample.ts";
export * from "./unet/residual_block.ts";
export * from "./unet/same_convolution.ts";
export * from "./unet/time_features.ts";

// Stable Diffusion
export * from "./stable_diffusion/autoencoder.ts";
export * from "./stable_diffusion/autoencoder_weights.ts";
export * from "./stable_diffusion/clip_text.ts";
export * from "./stable_diffusion/conditional_unet.ts";
export * from "./stable_diffusion/conditional_unet_weights.ts";
export * from "./stable_diffusion/file_blocks.ts";
export * from "./stable_diffusion/initial_weights.ts";
export * from "./stable_diffusion/text_attention.ts";
export * from "./stable_diffusion/weight_source.ts";

// Families
export * from "./conv_vae.ts";
export * from "./digit_classifier.ts";
export * from "./dcgan.ts";
export * from "./encoder_decoder.ts";
export * from "./gan.ts";
export * from "./image_reader.ts";
export * from "./linear_gaussian.ts";
export * from "./real_nvp.ts";
export * from "./seq2seq.ts";
export * from "./transformer.ts";
export * from "./two_layer_vae.ts";
export * from "./unet.ts";
export * from "./vae.ts";
