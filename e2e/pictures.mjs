// node e2e/pictures.mjs: takes the pictures of the handbooks in docs/user and docs/admin, in German and English, from a
// running demo; and that of the set-up from a fresh server, if E2E_SETUP is its link. Run by `scripts/e2e screens`.

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { newContext } from "./support/browser.mjs";
import { TICKET, begin, clear } from "./support/composing.mjs";

const DOCS = fileURLToPath(new URL("../docs/", import.meta.url));
const VIEW = { width: 1360, height: 850 };
/** A picture is as wide as a document shows it; more would only weigh more. */
const WIDTH = 1024;
const QUALITY = 0.4;

const LANGUAGES = { de: "de-DE", en: "en-GB" };

/** The handbook, the name of the picture, and how to come to what it shows. */
const PICTURES = [
  ["user", "inbox", (page) => page.goto("/inbox")],
  ["user", "ticket", (page) => page.goto(TICKET)],
  ["user", "composer", compose],
  ["user", "new-ticket", takeDown],
  ["user", "search", search],
  ["user", "customer", customer],
  ["user", "journal", (page) => page.goto("/mails")],
  ["admin", "mailboxes", (page) => page.goto("/mailboxes")],
  ["admin", "add-mailbox", (page) => page.goto("/setup/mailbox")],
  ["admin", "settings", (page) => page.goto("/settings")],
  ["admin", "outbox", outbox],
  ["admin", "background", (page) => page.goto("/jobs")],
];

async function compose(page) {
  await page.goto(TICKET);
  await begin(page);
  return () => clear(page);
}

async function takeDown(page) {
  await page.goto("/tickets/new?kind=phone");
  await page.locator("#subject").fill("Gutschrift fehlt");
  await page.locator("#text").fill("Frau Brandt bittet um Rückruf bis 14 Uhr.");
  await page.locator("#name").fill("Brandt");
  await page.locator("#callers button").first().waitFor();
  return async () => {
    await page.locator("header").locator("[formaction='/tickets/new/discard']").click();
    await page.waitForURL(/\/inbox/);
  };
}

async function search(page) {
  await page.goto("/inbox");
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.keyboard.press("Control+k");
  await page.keyboard.type("rechnung");
  await page.locator("dialog:modal [role=option]", { hasText: /Rechnung/ }).first().waitFor();
}

async function customer(page) {
  await page.goto("/customers?kind=companies&q=lindenau");
  await page.locator("li.crow a").first().click();
  await page.waitForURL(/\/customers\/companies\/\d+/);
}

/** What was just sent, in the outbox. */
async function outbox(page) {
  await page.goto(TICKET);
  await page.locator(".draft[data-kind=reply] textarea, .draft[data-kind=reply] [contenteditable=true]").locator("visible=true").first().click();
  await page.keyboard.type("Wir melden uns bis morgen.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#toasts > *").first().waitFor();
  await page.goto("/mails/out");
}

/** The same picture as WebP: a tenth of the bytes. Only the browser knows how to write one. */
async function asWebp(painter, png) {
  const address = await painter.evaluate(
    async ([data, width, quality]) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${data}`;
      await picture.decode();
      const height = Math.round((picture.height * width) / picture.width);
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const pen = canvas.getContext("2d");
      pen.imageSmoothingQuality = "high";
      pen.drawImage(picture, 0, 0, width, height);
      return canvas.toDataURL("image/webp", quality);
    },
    [png.toString("base64"), WIDTH, QUALITY],
  );
  return Buffer.from(address.split(",")[1], "base64");
}

async function take(page, painter, book, name, language) {
  await page.waitForLoadState("networkidle").catch(() => {});
  const folder = path.join(DOCS, book, "pictures");
  mkdirSync(folder, { recursive: true });
  const png = await page.screenshot({ animations: "disabled", caret: "hide" });
  writeFileSync(path.join(folder, `${name}.${language}.webp`), await asWebp(painter, png));
}

const blank = await newContext(null, { baseURL: undefined });
const painter = await blank.newPage();
for (const [language, locale] of Object.entries(LANGUAGES)) {
  const context = await newContext(undefined, { viewport: VIEW, locale });
  const page = await context.newPage();
  for (const [book, name, show] of PICTURES) {
    const leave = await show(page);
    await take(page, painter, book, name, language);
    if (typeof leave === "function") await leave();
  }
  await context.close();
  if (process.env.E2E_SETUP) {
    const fresh = await newContext(null, { viewport: VIEW, locale, baseURL: undefined });
    const setup = await fresh.newPage();
    await setup.goto(process.env.E2E_SETUP);
    await take(setup, painter, "admin", "setup", language);
    await fresh.close();
  }
}

// The browser of the stories is closed by the test runner, which there is none of here.
process.exit();
