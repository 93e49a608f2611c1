// The browser of the stories. A story that fails leaves a picture of its page and the page itself in `target/e2e`.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";

import { address, administrator, password } from "./demo.mjs";

const KEPT = fileURLToPath(new URL("../../target/e2e/", import.meta.url));

/** Debian's browser asks its makers for news unless it is told not to. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a story waits for one thing, in milliseconds: machines may be busy. */
const PATIENCE = 20_000;
/** How much longer a story may take for each page that it looks at as a whole. */
const LOOK = 10_000;

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

const browser = await chromium.launch({
  executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium",
  args: ARGUMENTS,
});
after(() => browser.close());

/** Cookies of people who have signed in already, by address. */
const signedIn = new Map();

/**
 * A story: `tell` gets a page of a signed-in administrator, and at its end nothing may stand in the
 * console: no error of a script, nothing that the page's policy had to refuse, no answer 4xx or 5xx.
 *
 * `as` is somebody else's address, or `null` for nobody; `forgives` lists what may be complained about; `looks`
 * is how many pages it looks at as a whole.
 */
export function story(name, options, tell = options) {
  const { as = administrator, forgives = [], looks = 0, ...further } = typeof options === "function" ? {} : options;
  test(name, { timeout: 6 * PATIENCE + looks * LOOK }, async () => {
    const context = await newContext(as, further);
    const complaints = listen(context);
    const page = await context.newPage();
    try {
      await tell(page, context);
      const left = complaints.filter((words) => !forgives.some((pattern) => pattern.test(words)));
      assert.deepEqual(left, []);
    } catch (error) {
      await keep(page, name);
      throw error;
    } finally {
      await leave(context);
    }
  });
}

/**
 * Closes a window once its pages have loaded: Chromium may never answer whoever closes one in the midst of a
 * navigation. What is not closed then goes with the browser.
 */
async function leave(context) {
  await Promise.all(context.pages().map((page) => page.waitForLoadState().catch(() => {})));
  let patience;
  await Promise.race([context.close(), new Promise((resolve) => (patience = setTimeout(resolve, 5_000)))]);
  clearTimeout(patience);
}

/** A browser window of its own: cookies, language, size, colours. */
export async function newContext(as = administrator, options = {}) {
  const context = await browser.newContext({
    baseURL: address,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    colorScheme: "light",
    viewport: DESK,
    reducedMotion: "reduce",
    ...(as && { storageState: await cookiesOf(as) }),
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

async function cookiesOf(person) {
  if (!signedIn.has(person)) {
    const context = await newContext(null);
    const page = await context.newPage();
    await page.goto("/signin");
    await page.fill("#address", person);
    await page.fill("#password", password);
    await page.click("button.btn-primary");
    await page.waitForURL("**/inbox");
    signedIn.set(person, await context.storageState());
    await leave(context);
  }
  return signedIn.get(person);
}

/** Everything a page complains about from now on. */
export function listen(context) {
  const complaints = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`script: ${error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`);
  });
  return complaints;
}

async function keep(page, name) {
  mkdirSync(KEPT, { recursive: true });
  const file = path.join(KEPT, name.replace(/[^\p{L}\p{N}]+/gu, "-"));
  // A page that is gone cannot be kept; the failure itself says more.
  await page.screenshot({ path: `${file}.png` }).catch(() => {});
  writeFileSync(`${file}.html`, await page.content().catch(() => ""));
}

/** Tries until it does not fail, for as long as a page is waited for; then fails as it did last. */
export async function eventually(attempt) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
