/**
 * How to speak of changed images.
 * @module
 */
import type { ChangedImages } from "./changed_images.ts";

/**
 * Says what was done to images.
 *
 * @param set How they were changed, and how much.
 * @returns Such as `blurred by 1 pixel`.
 */
export function changeWords(
  { change, amount }: Pick<ChangedImages, "change" | "amount">,
): string {
  switch (change) {
    case "none":
      return "as they are";
    case "blur":
      return `blurred by ${amount} pixel${amount === 1 ? "" : "s"}`;
    case "noise":
      return `noise of ${amount} grey levels`;
    case "missing":
      return `${amount} class${amount === 1 ? "" : "es"} missing`;
  }
}
