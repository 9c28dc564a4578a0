/**
 * Where a run's compiled functions will run.
 * @module
 */
import type { Device } from "../../../compile/types.ts";
import type { Json } from "../context.ts";

/** A device, or the choice left to the machine. */
export type DeviceChoice = "auto" | Device;

/** A device, and what a run's record says about it. */
export interface ChosenDevice {
  /** Where compiled functions run. */
  readonly device: Device;
  /** The adapter's name, or why a better device was not taken. */
  readonly facts: Readonly<Record<string, Json>>;
}

/**
 * Turns a choice into a device that works here.
 *
 * @param choice Any device, or `auto`.
 * @returns The device; one asked for by name is never replaced.
 * @throws {Error} If the device asked for by name does not work here.
 */
export async function chooseDevice(
  choice: DeviceChoice,
): Promise<ChosenDevice> {
  const { resolveDevice } = await import(
    "../../../compile/resolve_device.ts"
  ); // not needed by `--help`
  const { device, adapterName, reason } = await resolveDevice(choice);
  return {
    device,
    facts: {
      ...(adapterName === undefined ? {} : { adapter: adapterName }),
      ...(reason === undefined ? {} : { deviceReason: reason }),
    },
  };
}
