// A screen of 390 points: everything works with a thumb.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { listWith, newTicket, shown } from "./support/tickets.mjs";

const ON_PHONE = { viewport: PHONE, hasTouch: true, isMobile: true };

/** How far the page can be pushed sideways. */
const beyond = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

story("on a phone the bar at the bottom leads to the lists", ON_PHONE, async (page) => {
  await page.goto("/inbox");
  const bar = page.getByRole("navigation", { name: "Hauptbereiche" });
  await bar.getByRole("link", { name: "Meine" }).tap();
  await page.waitForURL("**/inbox?list=mine");
  await bar.getByRole("button", { name: "Mehr" }).tap();
  await page.getByRole("link", { name: "Nicht zugewiesen" }).tap();
  await page.waitForURL("**/inbox?list=unassigned");
  assert.equal(await beyond(page), 0);
});

story("on a phone the properties open as a sheet and are changed there", ON_PHONE, async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto(listWith(word));
  await page.locator("li.trow a").tap();
  await page.waitForURL(`**/tickets/${number}*`);
  assert.equal(await page.locator("#p-status").isVisible(), false);
  await page.getByRole("button", { name: "Eigenschaften und Kunde" }).tap();
  await page.locator("#p-status").waitFor();
  await page.selectOption("#p-status", { label: "Offen" });
  await page.locator("#properties").getByRole("button", { name: "Schließen" }).tap();
  await eventually(async () => assert.equal(await page.locator("#p-status").isVisible(), false));
  await page.reload();
  assert.equal(await shown(page, "status"), "Offen");
  assert.equal(await beyond(page), 0);
});

story("what is touched is at least 24 points wide and high", ON_PHONE, async (page, context) => {
  const { number } = await newTicket(context);
  for (const address of ["/inbox", `/tickets/${number}`]) {
    await page.goto(address);
    const small = await page.locator("button:visible, a.btn:visible, nav a:visible").evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility({ opacityProperty: true }) && !one.closest(".vh"))
        .map((one) => ({ name: one.getAttribute("aria-label") ?? one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`));
    assert.deepEqual(small, [], address);
  }
});
