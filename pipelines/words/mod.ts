/**
 * Sentences and reports from numbers.
 * @module
 */
export * from "./counted.ts";
export * from "./leave_report.ts";
export * from "./percent.ts";
export * from "./plus_minus.ts";
export * from "./wrap_text.ts";
