/** The text of a page, without markup. */
export function textOf(page: string): string {
  return page.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}
