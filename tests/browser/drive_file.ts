import { startBrowser } from "./browser.ts";
import { type Looks, openPage, type Page } from "./open_page.ts";

/**
 * Uses an HTML file, in every width and colour scheme that it is read in, and expects that nothing must be moved sideways, no
 * error, and no request.
 *
 * @param profile The browser's folder.
 * @param file The file.
 * @param use What a person does with the page.
 */
export async function driveFile(
  profile: string,
  file: string,
  use: (page: Page, looks: Required<Looks>) => Promise<void>,
): Promise<void> {
  const address = `file://${file.split("/").map(encodeURIComponent).join("/")}`;
  await using browser = await startBrowser(profile);
  for (const width of [1040, 400]) {
    for (const scheme of ["light", "dark"] as const) {
      const page = await openPage(browser, address, { width, scheme });
      await use(page, { width, scheme });
      await page.expectNoSideways();
      page.expectClean(address);
      await page.close();
    }
  }
}
