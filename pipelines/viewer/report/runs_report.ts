/**
 * The report of several runs that belong together.
 * @module
 */
import { relativePath } from "../../core/runs/relative_path.ts";
import { type LoadTask, taskFinder } from "../known_task.ts";
import { type RunView, viewRun } from "../run_view.ts";
import { comparisonPage } from "./report_page.ts";

/**
 * Makes a page about runs side by side: the settings that differ first, curves over one another.
 *
 * @param file Where the page will be, for the paths of pictures.
 * @param folders The folders of the runs, one at least.
 * @param load Finds a task by its name, for its bands and defaults.
 * @returns The file, in HTML.
 */
export async function runsReport(
  file: string,
  folders: readonly string[],
  load: LoadTask,
): Promise<string> {
  const find = taskFinder(load);
  const runs: RunView[] = [];
  for (const folder of folders) runs.push(await viewRun(folder, find));
  return await comparisonPage(
    runs,
    ({ path }) => `${relativePath(file, path)}/`,
  );
}
