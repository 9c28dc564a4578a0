/**
 * Columns of a grid whose images show the classes in turn.
 * @module
 */
import { digitClasses, imageClasses } from "../images/image_classes.ts";
import type { GreyImages } from "../images/images.ts";

/** The most columns of a grid, and the most classes of a model. */
const MOST = 10;

/** Columns of a grid. */
export interface ClassColumns {
  /** Images in a row: each class as often as any other. */
  readonly columns: number;
  /** What each column shows; digits speak for themselves. */
  readonly columnLabels?: readonly string[];
}

/**
 * Lays out the columns of a grid.
 *
 * @param images Images with their classes, at most ten.
 * @returns The columns.
 */
export function classColumns(images: GreyImages): ClassColumns {
  const { names, title } = imageClasses(images);
  const classes = Math.max(1, names.length);
  const columns = classes * Math.floor(MOST / classes);
  if (names.length === 0 || title === digitClasses.title) return { columns };
  return {
    columns,
    columnLabels: Array.from(
      { length: columns },
      (_, i) => names[i % classes]!, // in range
    ),
  };
}
