// Prints what `resolveDevice()` finds with the permissions that this script is given.
import { resolveDevice } from "../../compile/resolve_device.ts";

const auto = await resolveDevice("auto");
const cpu = await resolveDevice("cpu").catch((error: Error) => `${error}`);
console.log(JSON.stringify({ auto, cpu }));
