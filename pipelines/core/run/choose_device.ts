/**
 * Where a run's compiled functions will run.
 * @module
 */
import type { Device } from "../../../compile/types.ts";

/** A device, or the choice left to the machine. */
export type DeviceChoice = "auto" | Device;

/**
 * Turns a choice into a device.
 *
 * @param choice Any device, or `auto`.
 * @returns The device.
 */
export function chooseDevice(choice: DeviceChoice): Promise<Device> {
  return Promise.resolve(choice === "auto" ? "tfjs" : choice);
}
