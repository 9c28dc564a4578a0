/**
 * Multi30k: captions of photographs in English, German, French and Czech.
 * @module
 */
import type { KnownData, KnownFile } from "../../core/data/known_data.ts";

/** The languages of Multi30k. */
export type Language = "de" | "en" | "fr" | "cs";

/** The languages of Multi30k, German and English first. */
export const LANGUAGES: readonly [Language, Language, ...Language[]] = [
  "de",
  "en",
  "fr",
  "cs",
];

/** The names of its splits: 29,000 captions to learn from, 1,014 to choose by and 1,000 to report. */
export const SPLITS = ["train", "val", "test_2016_flickr"] as const;

/** SHA-256 of each file without gzip. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  "test_2016_flickr.cs":
    "45adb85f688de8407fddcbe1b36dca15d12aab868149b337e2576f2d6d2ff8d8",
  "test_2016_flickr.de":
    "4be6b5b3236b79c25475c6bb829800a7ce559e9ba7a1f6c2394fe4d40be46d16",
  "test_2016_flickr.en":
    "399a4382932c1aadd3ceb9bef1008d388a64c76d4ae4e9d4728c6f4301cac182",
  "test_2016_flickr.fr":
    "cb3160d69b002bb638e66cc7612fcd56cb0af82eadc9c142dedc438afb885ef6",
  "train.cs":
    "2be68b38c8d586ff4f54eb13cc6e1baaaa053695b3f070d3038303a47f2268da",
  "train.de":
    "2c2b73fd2b548fbcde3a875e0a78d6ee94d498bfdee6bd3eae3945779e9ddf72",
  "train.en":
    "460a15fbd157e34a7a9957ee388c1ca247fe47af3ef25fb50442af6c274e0fc6",
  "train.fr":
    "5925a3c18f1587b6b54b87743106e6e8ab93618edb6f65d19eac0621f853a10d",
  "val.cs": "d53827e469b0a1ca8d57e9e26b2b64c4bc4b33f5479c7b03ae87ae5c882c3e33",
  "val.de": "660e09eb7e1da2f856ea13ee5ad3cf6d36b3d5b0b733c857e94c5747a3dfc660",
  "val.en": "1f2a23d992769b5b3d209b0a10dd0b77c08cceb1f20dfb97ed0aafa49d107227",
  "val.fr": "5304e444d842e962b2dda4d816b70b22a1765b15401642b7ca37a67477e708dc",
};

/** Bytes of each file without gzip. */
const SIZES: Readonly<Record<string, number>> = {
  "test_2016_flickr.cs": 62_364,
  "test_2016_flickr.de": 70_649,
  "test_2016_flickr.en": 62_076,
  "test_2016_flickr.fr": 72_261,
  "train.cs": 1_755_283,
  "train.de": 2_110_398,
  "train.en": 1_801_238,
  "train.fr": 2_111_303,
  "val.cs": 60_213,
  "val.de": 75_981,
  "val.en": 63_297,
  "val.fr": 73_924,
};

/**
 * The files of Multi30k in some of its languages: raw text, a caption in each line. Elliott et al. 2016, 2017; Barrault
 * et al. 2018.
 *
 * @param languages Of which the captions are parallel, line by line.
 * @returns Three files for each language: training, validation and test.
 */
export function multi30k(languages: readonly Language[]): KnownData {
  return {
    name: "multi30k",
    folder: "multi30k",
    files: languages.flatMap((language) =>
      SPLITS.map((split) => multi30kFile(`${split}.${language}`))
    ),
  };
}

function multi30kFile(name: string): KnownFile {
  const urls = [
    `https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/${name}.gz`,
  ];
  return { name, sha256: CHECKSUMS[name]!, size: SIZES[name]!, urls }; // one for each file
}
