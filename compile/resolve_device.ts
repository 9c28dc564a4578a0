import { checkChoice, DEVICES } from "./check_choice.ts";
import { CompileError } from "./compile_error.ts";
import { loadOnnxRuntime } from "./run/native/load.ts";
import { findAdapter } from "./run/webgpu_adapter.ts";
import type { Device } from "./types.ts";

/** A device that can be compiled for, and how it was found. */
export interface ResolvedDevice {
  /** What to pass to `compile()`. */
  readonly device: Device;
  /** Why a faster device was not taken. */
  readonly reason?: string;
  /** Name of the graphics adapter, for WebGPU. */
  readonly adapterName?: string;
}

/**
 * Chooses the device to compile for.
 *
 * "auto" takes WebGPU if there is a real graphics adapter, else the CPU, else TensorFlow.js.
 *
 * @param requested "auto", or a device by name.
 * @returns The device; one asked for by name is never replaced.
 * @throws {CompileError} If the device asked for by name does not work here.
 * @throws {RangeError} If it is no device.
 */
export async function resolveDevice(
  requested: Device | "auto",
): Promise<ResolvedDevice> {
  checkChoice("device", requested, ["auto", ...DEVICES]);
  if (requested === "tfjs") return { device: "tfjs" };
  if (requested === "webgpu") {
    const adapter = await findAdapter();
    if (adapter) return { device: "webgpu", adapterName: adapter.name };
    throw new CompileError(
      `Cannot use device "webgpu": no graphics adapter was found; use device "cpu"`,
    );
  }
  if (requested === "cpu") {
    await loadOnnxRuntime();
    return { device: "cpu" };
  }
  return await resolveAuto();
}

async function resolveAuto(): Promise<ResolvedDevice> {
  const adapter = await findAdapter();
  if (adapter?.kind === "hardware") {
    return { device: "webgpu", adapterName: adapter.name };
  }
  const withoutGpu = adapter
    ? `The graphics adapter ${adapter.name} is emulated in software`
    : "No graphics adapter was found";
  try {
    await loadOnnxRuntime();
    return { device: "cpu", reason: withoutGpu };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { device: "tfjs", reason: `${withoutGpu}. ${error.message}` };
  }
}
