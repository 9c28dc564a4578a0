import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { encodeSafetensors } from "../../../../pipelines/core/run/checkpoints/safetensors.ts";
import { clipTokenizer } from "../../../../pipelines/diffusion/stable/clip_tokenizer.ts";
import { readWeightFiles } from "../../../../pipelines/diffusion/stable/read_weights.ts";
import {
  stableDiffusion15,
  stableNeeds,
} from "../../../../pipelines/diffusion/stable/stable_sizes.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const { signal } = new AbortController();

function bytes(
  tensors: Readonly<Record<string, readonly [number[], number[]]>>,
) {
  return encodeSafetensors({
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, [shape, values]]) =>
        [name, { shape, data: Float32Array.from(values) }] as const
      ),
    ),
    metadata: {},
  });
}

const map = { layout: "linear", places: 1 } as const;

Deno.test("weights are laid out as TensorFlow.js wants them, from one file", async () => {
  using folder = tempFolder();
  await Deno.writeFile(
    join(folder.path, "model.safetensors"),
    bytes({
      "text_model.a.weight": [[2, 3], [1, 2, 3, 4, 5, 6]],
      "b.weight": [[2, 1, 1, 2], [1, 2, 3, 4]],
      "c.weight": [[2, 1, 1, 1], [5, 6]],
    }),
  );
  using source = await readWeightFiles(folder.path, signal);
  const a = source.take({ ...map, names: ["a.weight"], shape: [2, 3] });
  assertEquals([a.shape, [...a.dataSync()]], [[3, 2], [1, 4, 2, 5, 3, 6]]);
  const b = source.take({
    names: ["old.weight", "b.weight"],
    shape: [2, 1, 1, 2],
    layout: "convolution",
    places: 1,
  });
  assertEquals([b.shape, [...b.dataSync()]], [[1, 2, 1, 2], [1, 3, 2, 4]]);
  const c = source.take({ ...map, names: ["c.weight"], shape: [2, 1] });
  assertEquals([c.shape, [...c.dataSync()]], [[1, 2], [5, 6]]);
});

Deno.test("weights in several files are found by their index", async () => {
  using folder = tempFolder();
  const name = "diffusion_pytorch_model";
  const write = (file: string, content: Uint8Array | string) =>
    typeof content === "string"
      ? Deno.writeTextFile(join(folder.path, file), content)
      : Deno.writeFile(join(folder.path, file), content);
  await write("one.safetensors", bytes({ "a.bias": [[1], [1]] }));
  await write("two.safetensors", bytes({ "b.bias": [[1], [2]] }));
  const index = { "a.bias": "one.safetensors", "b.bias": "two.safetensors" };
  await write(
    `${name}.safetensors.index.json`,
    JSON.stringify({ metadata: {}, "weight_map": index }),
  );
  using source = await readWeightFiles(folder.path, signal);
  const take = (name: string) =>
    source.take({ names: [name], shape: [1], layout: "plain", places: 1 });
  assertEquals([...take("b.bias").dataSync()], [2]);
  assertEquals([...take("a.bias").dataSync()], [1]);
});

Deno.test("missing and misshapen tensors are refused by name", async () => {
  using folder = tempFolder();
  await assertRejects(
    () => readWeightFiles(folder.path, signal),
    Error,
    "Expected weights (diffusion_pytorch_model.safetensors",
  );
  await Deno.writeFile(
    join(folder.path, "model.safetensors"),
    bytes({ "a.weight": [[2, 3], [1, 2, 3, 4, 5, 6]] }),
  );
  using source = await readWeightFiles(folder.path, signal);
  assertThrows(
    () => source.take({ ...map, names: ["a.weight"], shape: [3, 2] }),
    RangeError,
    'Expected "a.weight" of shape [3,2]',
  );
  assertThrows(
    () => source.take({ ...map, names: ["x.weight"], shape: [3, 2] }),
    RangeError,
    'Expected "x.weight" of shape [3,2]',
  );
});

Deno.test("a tokenizer joins pairs by rank and marks the end of words", () => {
  const symbols = ["a", "b", "c</w>", "ab", "abc</w>", "b</w>"];
  const names = ["<|startoftext|>", "<|endoftext|>", "!", ...symbols];
  const tokenize = clipTokenizer({
    vocabulary: new Map(names.map((name, i) => [name, i])),
    merges: [["a", "b"], ["ab", "c</w>"]],
    length: 6,
    padding: "!",
  });
  const abc = names.indexOf("abc</w>");
  assertEquals([...tokenize("ABC").tokens], [0, abc, 1, 2, 2, 2]);
  // "ab" at the end of a word is "a" and "b</w>": no pair of the merges
  assertEquals([...tokenize(" ab ").tokens], [0, 3, 8, 1, 2, 2]);
  const { tokens, cut } = tokenize("abc abc abc ab abc");
  assertEquals([...tokens], [0, abc, abc, abc, 3, 1]);
  assertEquals(cut, "ab abc");
  assertThrows(
    () =>
      clipTokenizer({
        vocabulary: new Map(),
        merges: [],
        length: 6,
        padding: "!",
      }),
    RangeError,
    'Expected the vocabulary to hold "<|startoftext|>"',
  );
});

Deno.test("Stable Diffusion 1.5 has its known number of parameters", () => {
  const { text, unet, vae, bytes } = stableNeeds(stableDiffusion15);
  assertEquals(unet.parameters, 859_520_964);
  // without the biases of keys: 12 of 768, and 2 of 512
  assertEquals(text.parameters, 123_060_480 - 12 * 768);
  assertEquals(vae.parameters, 83_653_863 - 2 * 512);
  // others count 402, 6.6 and 1,816 thousand million multiply-accumulates
  assertEquals(unet.multiplications, 401_636_720_640);
  assertEquals(text.multiplications, 6_649_251_840);
  assertEquals(vae.multiplications, 1_815_588_700_160);
  // eight heads look at 64 x 64 places from each, of a pair of images, and their softmax is another such array
  const parameters = unet.parameters + text.parameters + vae.parameters;
  assertEquals(bytes, 4 * (parameters + 2 * 2 * 8 * 64 ** 4));
});
