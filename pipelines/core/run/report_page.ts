/**
 * The page that a run leaves when it ends.
 * @module
 */
import { writeAtomically } from "./disk/atomic_file.ts";
import { holdPlace } from "./disk/place.ts";

/** The name of the page in the run's folder. */
export const REPORT_PAGE = "report.html";

/** Makes the page of a run that has ended, in HTML, from its folder. */
export type ReportPage = (folder: string) => Promise<string>;

/**
 * Writes `report.html` into the folder of a run; where that fails, the run is warned and loses nothing.
 *
 * @param folder The run's folder.
 * @param page Makes the page; none is written unless given.
 * @param warn Is told of a failure.
 */
export async function leaveReportPage(
  folder: string,
  page: ReportPage | undefined,
  warn: (text: string) => void,
): Promise<void> {
  if (page === undefined) return;
  try {
    const place = holdPlace(folder);
    writeAtomically(place.at(REPORT_PAGE), await page(folder));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`Cannot write ${REPORT_PAGE}: ${reason}`);
  }
}
