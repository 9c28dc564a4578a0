// Prints what `resolveDevice()` finds with the permissions that this script is given.
import { resolveDevice } from "../../compile/resolve_device.ts";

const auto = await resolveDevice("auto");
const cpu = await resolveDevice("cpu").catch((error: Error) => `${error}`);
const text = JSON.stringify({ auto, cpu });
Deno.stdout.writeSync(new TextEncoder().encode(text));
