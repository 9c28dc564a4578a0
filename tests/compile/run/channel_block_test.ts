import { assert, assertEquals } from "@std/assert";
import { channelBlock } from "../../../compile/run/native/channel_block.ts";
import { loadOnnxRuntime } from "../../../compile/run/native/load.ts";
import type { NativeRuntime } from "../../../compile/run/native/runtime.ts";

const runtime = await loadOnnxRuntime();

Deno.test("ONNX Runtime convolves in blocks of 8 or 16 channels on x86", async () => {
  const block = await channelBlock(runtime);
  assert(
    block === 8 || block === 16 || Deno.build.arch !== "x86_64",
    `${block}`,
  );
  assertEquals(await channelBlock(runtime), block);
});

Deno.test("there are no blocks where their convolution cannot run, or is wrong", async () => {
  const unable: NativeRuntime = {
    ...runtime,
    session: () => Promise.reject(new Error("no such operation")),
  };
  assertEquals(await channelBlock(unable), undefined);
  const wrong: NativeRuntime = {
    ...runtime,
    session: async (model, threads) => {
      const session = await runtime.session(model, threads);
      return {
        run: async (feeds, fetches) => {
          await session.run(feeds, fetches);
          fetches["result"]!.data[7]! += 1; // one number of the result
        },
        runAside: session.runAside.bind(session),
        [Symbol.dispose]: () => session[Symbol.dispose](),
      };
    },
  };
  assertEquals(await channelBlock(wrong), undefined);
});
