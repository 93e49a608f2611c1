// The page of a ticket: reading it, changing it in place, taking a change back.

import assert from "node:assert/strict";

import { eventually, story } from "./support/browser.mjs";
import { send } from "./support/mails.mjs";
import { choose, newTicket, shown } from "./support/tickets.mjs";

/** The lines of history, without their times. */
const history = (page) => page.locator("#thread .event > span").allInnerTexts();

// Proves F-HIST-02.
story("a changed status, person and tag is saved at once and stands in the history", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await choose(page, "status", "Offen");
  await choose(page, "assignee", "Svenja Albers");
  await page.locator("#question dialog:modal").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await page.keyboard.type("Spedition");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Spedition entfernen" }).waitFor();
  await eventually(async () => {
    const lines = await history(page);
    for (const line of [
      "Mareike Thoms hat den Status auf Offen gesetzt",
      "Mareike Thoms hat das Ticket an Svenja Albers gegeben",
      "Mareike Thoms hat das Schlagwort Spedition vergeben",
    ]) {
      assert.equal(lines.filter((one) => one === line).length, 1, lines.join("\n"));
    }
  });
  await page.reload();
  assert.equal(await shown(page, "status"), "Offen");
  assert.equal(await shown(page, "assignee"), "Svenja Albers");
});

story("Z takes the last change back", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  const before = await shown(page, "status");
  await page.keyboard.press("e");
  await page.locator(".toast [data-undo]").waitFor();
  assert.equal(await shown(page, "status"), "Gelöst");
  await page.keyboard.press("z");
  await eventually(async () => assert.equal(await shown(page, "status"), before));
  await page.reload();
  assert.equal(await shown(page, "status"), before);
});

story("spam and bin are one key each, and Z brings the ticket back", async (page, context) => {
  const { number } = await newTicket(context);
  for (const [key, banner] of [["!", "Das ist als Spam abgelegt."], ["#", "Das liegt im Papierkorb."]]) {
    await page.goto(`/tickets/${number}`);
    await page.keyboard.press(key);
    await page.locator(".toast [data-undo]").waitFor();
    await page.reload();
    assert.match(await page.locator(".banner").innerText(), new RegExp(banner));
    await page.getByRole("button", { name: "Zurückholen" }).click();
    await eventually(async () => {
      await page.reload();
      assert.equal(await page.locator(".banner").count(), 0);
    });
  }
});

story("a customer's answer appears in the open ticket without a reload", async (page, context) => {
  const { number, subject, id } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.evaluate(() => { window.stillTheSamePage = true; });
  await send({ subject: `Re: ${subject}`, text: "Der Stempel fehlt noch.", answers: id });
  await page.getByText("Der Stempel fehlt noch.").waitFor();
  assert.equal(await page.locator("#thread article.msg").count(), 2);
  assert.equal(await page.evaluate(() => window.stillTheSamePage), true);
});

// Proves F-FLD-33.
story("showing a ticket reads it, and it can be marked as unread again", async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto(`/inbox?q=${word}`);
  assert.equal(await page.locator("li.trow[data-new]").count(), 1);
  const read = page.waitForResponse((answer) => answer.url().endsWith("/seen"));
  await page.locator("li.trow a").click();
  await read;
  await page.goto(`/inbox?q=${word}`);
  assert.equal(await page.locator("li.trow[data-new]").count(), 0);
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Weitere Aktionen", exact: true }).click();
  const unread = page.waitForResponse((answer) => answer.url().endsWith("/unseen"));
  await page.getByRole("button", { name: "Als ungelesen markieren" }).click();
  await unread;
  await page.goto(`/inbox?q=${word}`);
  assert.equal(await page.locator("li.trow[data-new]").count(), 1);
});

story("after a choice by keyboard the next key is a command", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  const before = await shown(page, "status");
  await choose(page, "status", "Gelöst");
  await page.locator("#p-status").focus();
  const [undone] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith("/undo")),
    page.keyboard.press("z"),
  ]);
  assert.equal(undone.status(), 200);
  await eventually(async () => assert.equal(await shown(page, "status"), before));
  await page.reload();
  assert.equal(await shown(page, "status"), before);
});

story("a deadline that is typed is saved once, when it is whole", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  const said = [];
  page.on("request", (request) => request.url().endsWith("/due") && said.push(request.postData()));
  await page.locator("#p-due").focus();
  await page.keyboard.type("122420260930AM");
  await page.keyboard.press("Tab");
  await page.getByText("hat die Frist auf").waitFor();
  await page.reload();
  assert.match(await page.locator("#p-due").inputValue(), /^2026-12-24T/);
  assert.equal((await history(page)).filter((line) => line.includes("Frist")).length, 1, said.join("\n"));
});

story("the contact is proposed, changed as a whole, and comes back with Z", async (page, context) => {
  const { number } = await newTicket(context, { from: "Robert Imhoff <r.imhoff@vhs-nordtal.example>" });
  await page.goto(`/tickets/${number}`);
  const asks = page.locator("#who-asks .customer").first();
  await page.locator("#p-contact").fill("s.alb");
  await page.locator("#p-contact").fill("k.brandt@sw-lindenau");
  await page.locator("#p-contacts option[value='k.brandt@sw-lindenau.example']").waitFor({ state: "attached" });
  await page.locator("#p-contact").fill("k.brandt@sw-lindenau.example");
  await page.keyboard.press("Enter");
  await page.getByText("Kontakt geändert").waitFor();
  await eventually(async () => assert.match(await asks.innerText(), /k\.brandt@sw-lindenau\.example/));
  assert.doesNotMatch(await asks.innerText(), /imhoff/i);
  await page.locator("h1").click();
  await page.keyboard.press("z");
  await eventually(async () => assert.match(await asks.innerText(), /r\.imhoff@vhs-nordtal\.example/));
});

story("an address that is none is refused in the reader's language, and stays", { forgives: [/422/] }, async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.locator("#p-contact").fill("niemand");
  await page.keyboard.press("Enter");
  await page.getByText("niemand ist keine E-Mail-Adresse.").waitFor();
  assert.equal(await page.locator("#p-contact").inputValue(), "niemand");
});

story("what is being read stays open when an answer comes", async (page, context) => {
  const { number, subject, id } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.locator("form.seen").waitFor({ state: "detached" });
  await send({ subject: `Re: ${subject}`, text: "Und noch etwas.", answers: id });
  await page.getByText("Und noch etwas.").waitFor();
  assert.equal(await page.locator("#thread > .msg").count(), 2);
  await page.reload();
  await page.locator("#thread .folded").waitFor();
});

story("spam says so at once and is taken back from there", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("!");
  await page.getByText("Das ist als Spam abgelegt.").waitFor();
  await page.getByRole("button", { name: "Zurückholen" }).click();
  await eventually(async () => assert.equal(await page.locator("#apart .banner").count(), 0));
});
