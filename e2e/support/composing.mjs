// The composer of answers in pictures: with a text that is begun and the choice of text blocks.

/** The ticket that the design shows. */
export const TICKET = "/tickets/48213";

/** Begins an answer on the ticket's page. */
export async function begin(page) {
  await page.locator(".draft[data-kind=reply] textarea, .draft[data-kind=reply] [contenteditable=true]").locator("visible=true").first().click();
  await page.locator(".draft[data-kind=reply] [contenteditable=true]").waitFor();
  await page.keyboard.type("Guten Tag Frau Brandt,");
  await page.keyboard.press("Enter");
  await page.keyboard.type("/");
  await page.locator(".suggest [role=option]").first().waitFor();
}

/** Leaves it as it was. */
export async function clear(page) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+a");
  // An empty draft is none: the next look begins anew.
  await page.keyboard.press("Delete");
  await page.goto("/inbox");
}
