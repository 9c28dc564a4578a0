/**
 * Data sets in MNIST's format that are known by name: Fashion-MNIST, KMNIST and EMNIST.
 * @module
 */
import type { NamedData } from "../../core/data/load_data.ts";
import type { DataFile, KnownFile } from "../../core/data/known_data.ts";
import type { GreyImages } from "../images.ts";
import { assemble } from "./assemble.ts";
import { parsePart } from "./parse_part.ts";
import { upright } from "./transposed.ts";

/** Names of MNIST's files, in the order in which they are read, with their sizes. */
const FILES = [
  ["train-images-idx3-ubyte", 47_040_016],
  ["train-labels-idx1-ubyte", 60_008],
  ["t10k-images-idx3-ubyte", 7_840_016],
  ["t10k-labels-idx1-ubyte", 10_008],
] as const;

type Checksums = readonly (readonly [gzipSha256: string, md5: string])[];

/**
 * Checksums of Fashion-MNIST; Xiao, Rasul & Vollgraf 2017.
 *
 * SHA-256 with gzip as in TensorFlow Datasets 4.9.10 and torchvision for Ruby; MD5 without gzip as in MMPretrain.
 */
const FASHION: Checksums = [
  [
    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    "f4a8712d7a061bf5bd6d2ca38dc4d50a",
  ],
  [
    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    "9018921c3c673c538a1fc5bad174d6f9",
  ],
  [
    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    "8181f5470baa50b63fa0f6fddb340f0a",
  ],
  [
    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    "15d484375f8d13e6eb1aabb0c3f46965",
  ],
];

/**
 * Checksums of KMNIST; Clanuwat et al. 2018.
 *
 * SHA-256 with gzip as in TensorFlow Datasets 4.9.10 and torchvision for Ruby; MD5 without gzip as in the git-annex keys of Mila's
 * copy.
 */
const KMNIST: Checksums = [
  [
    "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
    "92be26ec9822e900ac425d0a0aa84ced",
  ],
  [
    "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
    "949e75301f8813e0dc5800dcc320fc52",
  ],
  [
    "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
    "bf305b8cd328700fbc17f5acbc2856d2",
  ],
  [
    "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
    "9f55f451c0988b028eccdf7d5cc265ab",
  ],
];

/** A part of EMNIST: how many images, which classes, and SHA-256 of each file with gzip. */
interface EmnistPart {
  readonly name: string;
  readonly counts: readonly [train: number, test: number];
  readonly classes: readonly string[];
  readonly sums: readonly [string, string, string, string];
}

const DIGITS = [..."0123456789"];
const CAPITALS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/**
 * EMNIST; Cohen, Afshar, Tapson & van Schaik 2017, with SHA-256 as in the Python package `mnists` by Connor Olding. Nobody has
 * published checksums without gzip.
 */
const EMNIST: readonly EmnistPart[] = [
  {
    name: "balanced",
    counts: [112_800, 18_800],
    classes: [...DIGITS, ...CAPITALS, ..."abdefghnqrt"],
    sums: [
      "74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4",
      "b46d41e5156a0a8aaaa4d18979fdd1588850fa8571018acffd5d93b325a7d6ed",
      "117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db",
      "a67cac948379b67270b9a4d0a01c8ec661598accf2f2b1964340b7c83cb175cd",
    ],
  },
  {
    name: "byclass",
    counts: [697_932, 116_323],
    classes: [...DIGITS, ...CAPITALS, ..."abcdefghijklmnopqrstuvwxyz"],
    sums: [
      "9e21987f03a6eb8b870187e785883ddad96947299587908f1a7ec2ca0f4be5f0",
      "f7ef403d48dc18a89dae0d83d11ee69cecb6e1c12c3a961d03712e495c02a8fa",
      "5ec835bd5d5b1a66378a132e727fef20fe994b3cc666899befcca5ac766f50cd",
      "501e305eeeacb093b162592d80e8a2632040872360fa6d85cfcb2200d91ca92a",
    ],
  },
  {
    name: "digits",
    counts: [240_000, 40_000],
    classes: DIGITS,
    sums: [
      "f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726",
      "6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e",
      "20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63",
      "bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0",
    ],
  },
  {
    name: "letters",
    counts: [124_800, 20_800],
    classes: CAPITALS, // labels from 1 to 26: a letter in both cases
    sums: [
      "6288f418a917e007bf5fddb823a2dc7a5c6a35031401b93292a539cb12bd881f",
      "9759af91ea6bccdf07a6040fd085861f2ec88e37f7c3f5760f6feb57106fbe5c",
      "50f0e93d75b99b463e9760b8345866f22587fa2c2fba472730a5ba09c693412d",
      "924955c31fe7fd809b7303b5c0141282955f4b8390c74cdfd5d80435e0f4b4cb",
    ],
  },
];

/** Fashion-MNIST, KMNIST and four parts of EMNIST. */
export const knownImages: readonly NamedData<GreyImages>[] = [
  {
    known: {
      name: "fashion-mnist",
      folder: "fashion-mnist",
      files: files(FASHION, [
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
      ]),
    },
    parse: parser([
      "T-shirt/top",
      "Trouser",
      "Pullover",
      "Dress",
      "Coat",
      "Sandal",
      "Shirt",
      "Sneaker",
      "Bag",
      "Ankle boot",
    ]),
  },
  {
    known: {
      name: "kmnist",
      folder: "kmnist",
      files: files(KMNIST, [
        "https://codh.rois.ac.jp/kmnist/dataset/kmnist",
      ]),
    },
    parse: parser(["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]),
  },
  ...EMNIST.map(({ name, counts, classes, sums }) => ({
    known: {
      name: `emnist-${name}`,
      folder: "emnist",
      files: emnistFiles(name, counts, sums),
      where:
        "EMNIST has no mirror of single files: unpack gzip.zip of https://www.nist.gov/itl/products-and-services/emnist-dataset, and put its emnist-*.gz into the folder emnist of LOWERBOUND_DATA",
    },
    parse: parser(classes),
  })),
];

function files(
  checksums: Checksums,
  mirrors: readonly string[],
): readonly KnownFile[] {
  return FILES.map(([name, size], i) => {
    const [gzipSha256, md5] = checksums[i]!; // four of each
    const urls = mirrors.map((mirror) => `${mirror}/${name}.gz`);
    return { name, size, gzipSha256, md5, urls };
  });
}

function emnistFiles(
  part: string,
  [train, test]: EmnistPart["counts"],
  sums: EmnistPart["sums"],
): readonly KnownFile[] {
  const names = [
    ["train-images-idx3-ubyte", 16 + 784 * train],
    ["train-labels-idx1-ubyte", 8 + train],
    ["test-images-idx3-ubyte", 16 + 784 * test],
    ["test-labels-idx1-ubyte", 8 + test],
  ] as const;
  return names.map(([name, size], i) => ({
    name: `emnist-${part}-${name}`,
    size,
    gzipSha256: sums[i]!, // four
    urls: [],
  }));
}

function parser(
  names: readonly string[],
): (files: readonly DataFile[]) => GreyImages {
  return (files) => {
    const parts = files.flatMap((file) => {
      const name = file.path.split(/[/\\]/).at(-1) ?? file.path;
      return upright(parsePart(file, name, "IDX", Infinity), name);
    });
    return assemble(parts, files[0]?.path ?? "the data", names).images;
  };
}
