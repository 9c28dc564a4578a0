/**
 * Folders of images for tests.
 * @module
 */
import { encodeIdx } from "../../../../pipelines/images/idx.ts";
import { openImages } from "../../../../pipelines/images/sources/open_images.ts";

/** Contents of files by their path below a folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Opens a folder with some files. */
export async function opened(
  files: Files,
  inside = "",
): ReturnType<typeof openImages> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const parent = `${folder}/${name}`.split("/").slice(0, -1).join("/");
      await Deno.mkdir(parent, { recursive: true });
      const bytes = typeof content === "string"
        ? new TextEncoder().encode(content)
        : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    return await openImages(folder + inside, 2 ** 20);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Images of 2 x 2 pixels, the first of which tells them apart. */
export const stack = (first: readonly number[]): Uint8Array<ArrayBuffer> =>
  encodeIdx(
    [first.length, 2, 2],
    Uint8Array.from(first.flatMap((n) => [n, 0, 0, 255])),
  );
/** The same images as a row of a table. */
export const row = (n: number): string => `${n},0,0,255`;
