/**
 * Diffusion models: data with known answers, digits, samplers, guidance, text-to-image, and models in the layout of diffusers.
 * @module
 */
export * from "./compile_denoiser.ts";
export * from "./denoising_model.ts";
export * from "./diffusion_model.ts";
export * from "./diffusion_settings.ts";
export * from "./fit_denoiser.ts";
export * from "./measure_bits.ts";
export * from "./model_file.ts";
export * from "./sample_images.ts";
export * from "./samplers_by_name.ts";
export type * from "./noise_error.ts";
export * from "./train_diffusion.ts";
export * from "./exact/diffusion_exact.ts";
export type * from "./exact/exact_entries.ts";
export * from "./mnist/diffusion_mnist.ts";
export * from "./mnist/measure_mnist.ts";
export type * from "./mnist/mnist_entries.ts";
export * from "./guidance/compare_guidance.ts";
export * from "./guidance/diffusion_guidance.ts";
export * from "./samplers/compare_samplers.ts";
export * from "./samplers/diffusion_samplers.ts";
export * from "./obtain_diffusion.ts";
export * from "./text/compare_text_samplers.ts";
export * from "./text/draw_gallery.ts";
export * from "./text/learn_text.ts";
export * from "./text/measure_negative.ts";
export * from "./text/measure_prompts.ts";
export * from "./text/measuring_request.ts";
export * from "./text/obtain_text.ts";
export * from "./text/scene_autoencoder.ts";
export * from "./text/scene_latents.ts";
export * from "./text/text_file.ts";
export * from "./text/text_model.ts";
export * from "./text/text_request.ts";
export * from "./text/text_studio.ts";
export * from "./text/text_to_image.ts";
export * from "./text/text_weights.ts";
export * from "./text/train_autoencoder.ts";
export * from "./text/train_text.ts";
export * from "./stable/clip_tokenizer.ts";
export * from "./stable/draw_prompt.ts";
export * from "./stable/load_stable.ts";
export * from "./stable/read_folder.ts";
export * from "./stable/run_stable.ts";
export * from "./stable/stable_request.ts";
export * from "./stable/stable_sizes.ts";
