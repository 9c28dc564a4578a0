import { withRuntimeFolder } from "./native/graphics_runtime.ts";

/** A graphics adapter, and whether it is one or is emulated on the CPU. */
export interface Adapter {
  readonly name: string;
  readonly kind: "hardware" | "software";
}

/** Names of drivers that emulate an adapter. */
const SOFTWARE = /llvmpipe|swiftshader|lavapipe|software|basic render/i;

/** Finds the graphics adapter that WebGPU uses, if there is one. */
export async function findAdapter(): Promise<Adapter | undefined> {
  const { gpu } = globalThis.navigator ?? {};
  if (gpu === undefined) return undefined;
  const ask = () => gpu.requestAdapter({ powerPreference: "high-performance" });
  const adapter = await withRuntimeFolder(ask).catch(() => null); // no driver
  if (!adapter) return undefined;
  const { description, device, vendor, isFallbackAdapter } = adapter.info;
  const name = description || device || vendor || "unknown";
  const isSoftware = isFallbackAdapter ||
    SOFTWARE.test(`${name} ${device} ${vendor}`);
  return { name, kind: isSoftware ? "software" : "hardware" };
}
