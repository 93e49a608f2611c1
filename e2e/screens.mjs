// node e2e/screens.mjs: takes the pictures of inbox, ticket and composer in docs/screens from a running demo.
// Run on purpose, by `scripts/e2e screens`, and look at them beside the design's.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { DESK, PHONE, newContext } from "./support/browser.mjs";

const FOLDER = fileURLToPath(new URL("../docs/screens/", import.meta.url));
/** The ticket that the design shows. */
const TICKET = "/tickets/48213";

const LOOKS = {
  light: { viewport: DESK },
  dark: { viewport: DESK, colorScheme: "dark" },
  phone: { viewport: PHONE, hasTouch: true, isMobile: true },
};

for (const [look, options] of Object.entries(LOOKS)) {
  const context = await newContext(undefined, options);
  const page = await context.newPage();
  for (const [name, address] of [["inbox", "/inbox"], ["ticket", TICKET]]) {
    await page.goto(address);
    await page.waitForLoadState("networkidle").catch(() => {});
    await page.screenshot({ path: path.join(FOLDER, `${name}-${look}.png`) });
  }
  await page.locator(".draft[data-kind=reply] textarea, .draft[data-kind=reply] [contenteditable=true]").locator("visible=true").first().click();
  await page.locator(".draft[data-kind=reply] [contenteditable=true]").waitFor();
  await page.keyboard.type("Guten Tag Frau Brandt,");
  await page.keyboard.press("Enter");
  await page.keyboard.type("/");
  await page.locator(".suggest [role=option]").first().waitFor();
  await page.screenshot({ path: path.join(FOLDER, `composer-${look}.png`) });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+a");
  // An empty draft is none: the next look begins anew.
  await page.keyboard.press("Delete");
  await page.goto("/inbox");
  await context.close();
}

// The browser of the stories is closed by the test runner, which there is none of here.
process.exit();
