/**
 * Reports of runs, and what shows runs side by side: pages and texts from the folders of runs.
 * @module
 */
export type { ReportPage } from "../core/run/report_page.ts";
export { type Content, Html, html } from "./html.ts";
export { runReport } from "./report/run_report.ts";
export { runsReport } from "./report/runs_report.ts";
export type { LoadTask } from "./known_task.ts";
