/** One line of a difference: kept, only in the actual value, or only in the expected one. */
export interface DiffLine {
  readonly kind: "same" | "actual" | "expected";
  readonly text: string;
}

/** A table of `n * m` cells is computed only up to here; longer texts differ as a whole. */
const MAX_CELLS = 4_000_000;

/** Lines of `actual` turned into lines of `expected` by the fewest deletions and insertions. */
export function diffLines(
  actual: readonly string[],
  expected: readonly string[],
): readonly DiffLine[] {
  let start = 0;
  while (start < actual.length && actual[start] === expected[start]) start++;
  let end = 0;
  while (
    end < Math.min(actual.length, expected.length) - start &&
    actual.at(-1 - end) === expected.at(-1 - end)
  ) end++;
  return [
    ...lines("same", actual.slice(0, start)),
    ...diffMiddle(
      actual.slice(start, actual.length - end),
      expected.slice(start, expected.length - end),
    ),
    ...lines("same", actual.slice(actual.length - end)),
  ];
}

function lines(
  kind: DiffLine["kind"],
  texts: readonly string[],
): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}

function diffMiddle(
  actual: readonly string[],
  expected: readonly string[],
): readonly DiffLine[] {
  const width = expected.length + 1;
  if ((actual.length + 1) * width > MAX_CELLS) {
    return [...lines("actual", actual), ...lines("expected", expected)];
  }
  const common = commonLengths(actual, expected); // [actual + 1, expected + 1]
  const out: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < actual.length || j < expected.length) {
    const left = actual[i];
    const right = expected[j];
    if (left !== undefined && left === right) {
      out.push({ kind: "same", text: left });
      i++;
      j++;
    } else if (
      left !== undefined &&
      (right === undefined ||
        (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      out.push({ kind: "actual", text: left });
      i++;
    } else {
      out.push({ kind: "expected", text: right ?? "" });
      j++;
    }
  }
  return out;
}

/** Length of the longest common subsequence of `actual[i..]` and `expected[j..]`, for each i, j. */
function commonLengths(
  actual: readonly string[],
  expected: readonly string[],
): Uint32Array {
  const width = expected.length + 1;
  const common = new Uint32Array((actual.length + 1) * width);
  for (let i = actual.length - 1; i >= 0; i--) {
    for (let j = expected.length - 1; j >= 0; j--) {
      common[i * width + j] = actual[i] === expected[j]
        ? (common[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(
          common[(i + 1) * width + j] ?? 0,
          common[i * width + j + 1] ?? 0,
        );
    }
  }
  return common;
}
