// node e2e/screens.mjs: takes the pictures of inbox, ticket and composer in docs/screens from a running demo.
// Run on purpose, by `scripts/e2e screens`, and look at them beside the design's.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { DESK, PHONE, newContext } from "./support/browser.mjs";
import { TICKET, begin, clear } from "./support/composing.mjs";

const FOLDER = fileURLToPath(new URL("../docs/screens/", import.meta.url));
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
  await begin(page);
  await page.screenshot({ path: path.join(FOLDER, `composer-${look}.png`) });
  await clear(page);
  await context.close();
}

// The browser of the stories is closed by the test runner, which there is none of here.
process.exit();
