// Every address that shows something: a whole page, or why it is none. A test of the house compares this list with
// the addresses that are registered (crates/laufzettel/tests/stories/rights), so that none is missing.

import { address as demo } from "./demo.mjs";
import { eventually } from "./browser.mjs";

const PART = null;

/** The first link on a page whose address fits. */
async function linked(page, from, pattern) {
  return eventually(async () => {
    await page.goto(from);
    const hrefs = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const found = hrefs.find((href) => pattern.test(href));
    if (!found) throw new Error(`${from} has no link like ${pattern}`);
    return found.split("#")[0];
  });
}

/** Sends a form as the page of a ticket does. */
export async function post(context, address, form) {
  const answer = await context.request.post(address, { form, headers: { origin: demo } });
  if (!answer.ok()) throw new Error(`${address} is answered with ${answer.status()}`);
}

/** Adds something behind an address, before its query. */
const below = (address, further) => address.replace(/(\?.*)?$/, (query) => `${further}${query}`);

/** A ticket with a mail, answers and notes. */
export const TICKET = "/tickets/48213";
const contact = (page) => linked(page, "/customers?kind=contacts&q=brandt", /^\/customers\/contacts\/\d+/);
const company = (page) => linked(page, "/customers?kind=companies", /^\/customers\/companies\/\d+/);
const mail = (page) => linked(page, "/mails", /^\/mails\/\d+/);
const sent = (page) => linked(page, "/mails/out", /^\/mails\/out\/\d+/);
const mailbox = (page) => linked(page, "/mailboxes", /^\/mailboxes\/[^/]+\/edit$/);

/** A file of customers. */
export const FILE = "Name;E-Mail;Firma\nEva Lind;eva@lind.example;Lind GmbH\n;kaputt;\n";

/** The page that says what a file would change. */
async function imported(page) {
  await page.goto("/customers/import");
  await page.setInputFiles("input[type=file]", { name: "kunden.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
  if (!/import\/\d+/.test(page.url())) {
    await Promise.all([page.waitForURL(/import\/\d+/), page.locator("main form button").last().click()]);
  }
  return new URL(page.url()).pathname;
}

/** The page of a sender, which is made unless there is one. */
async function sender(page) {
  const address = "messe@brueckner-objekt.example";
  await page.goto("/settings/senders");
  if ((await page.getByText(address).count()) === 0) {
    await post(page.context(), "/settings/senders", { address, name: "Brückner Messe", active: "on", server: "configured" });
  }
  return linked(page, "/settings/senders", /^\/settings\/senders\/\d+/);
}

/** The page of an intake rule, which is made unless there is one. */
async function rule(page) {
  const form = { name: "Brückner Messe", active: "on", face: "text", condition: "betreff:messe", actions: "schlagwort:messe" };
  await page.goto("/settings/rules");
  if ((await page.getByText(form.name).count()) === 0) await post(page.context(), "/settings/rules/new", form);
  return linked(page, "/settings/rules", /^\/settings\/rules\/\d+/);
}

/** The page that corrects a note of one's own. */
async function corrected(page) {
  await post(page.context(), `${TICKET}/note`, { text: "Rückruf am Montag." });
  return linked(page, TICKET, /^\/messages\/\d+\/correct$/);
}

/** By route: where its page is, or a function that finds it. `PART` has no page of its own. */
export const PAGES = {
  "/": PART,
  "/api/docs": "/api/docs",
  "/api/openapi.json": PART,
  "/assets/{name}": PART,
  "/attachments/{id}": PART,
  "/attachments/{id}/view": PART,
  "/contacts/choices": PART,
  "/counters": PART,
  "/customers": "/customers",
  "/customers/companies/new": "/customers/companies/new",
  "/customers/companies/{id}": company,
  "/customers/companies/{id}/edit": async (page) => below(await company(page), "/edit"),
  "/customers/companies/{id}/join": async (page) => below(await company(page), "/join"),
  "/customers/company-choices": PART,
  "/customers/contacts/new": "/customers/contacts/new",
  "/customers/contacts/{id}": contact,
  "/customers/contacts/{id}/edit": async (page) => below(await contact(page), "/edit"),
  "/customers/contacts/{id}/join": async (page) => below(await contact(page), "/join"),
  "/customers/import": "/customers/import",
  "/customers/import/done": "/customers/import/done?new=2&changed=1&same=0&faulty=1",
  "/customers/import/{id}": imported,
  "/demo": "/demo",
  "/dialogs/{name}": PART,
  "/favicon.ico": PART,
  "/healthz": PART,
  "/inbox": "/inbox",
  "/inbox/choices": PART,
  "/inbox/filters": PART,
  "/inbox/news": PART,
  "/jobs": "/jobs",
  "/live": PART,
  "/mailboxes": "/mailboxes",
  "/mailboxes/{name}": PART,
  "/mailboxes/{name}/edit": mailbox,
  "/mailboxes/{name}/edit/{tab}": async (page) => below(await mailbox(page), "/receive"),
  "/mails": "/mails",
  "/mails/find": "/mails/find?q=Lieferung",
  "/mails/out": "/mails/out",
  "/mails/out/{id}": sent,
  "/mails/out/{id}/raw": async (page) => below(await sent(page), "/raw"),
  "/mails/ticket": PART,
  "/mails/{id}": mail,
  "/mails/{id}/raw": async (page) => below(await mail(page), "/raw"),
  "/messages/{id}/attachments.zip": PART,
  "/messages/{id}/body/{segment}": PART,
  "/messages/{id}/correct": corrected,
  "/messages/{id}/original": PART,
  "/messages/{id}/why": (page) => linked(page, TICKET, /^\/messages\/\d+\/why$/),
  "/metrics": PART,
  "/oauth/{provider}/callback": "/oauth/google/callback?state=a&code=b",
  "/palette": PART,
  "/password/{token}": "/password/nosuchlink",
  "/profile": "/profile",
  "/readyz": PART,
  "/recipients": PART,
  "/sandbox": "/sandbox",
  "/sandbox/{id}": (page) => linked(page, "/sandbox", /^\/sandbox\/\d+/),
  "/sandbox/{id}/body": PART,
  "/sandbox/{id}/files/{place}": PART,
  "/search": "/search?q=Lieferung",
  "/settings": "/settings",
  "/settings/history": "/settings/history",
  "/settings/mails": "/settings/mails",
  "/settings/hints": "/settings/hints",
  "/settings/new-tickets": "/settings/new-tickets",
  "/settings/numbers": "/settings/numbers",
  "/settings/oauth/{provider}": "/settings/oauth/microsoft",
  "/settings/people": "/settings/people",
  "/settings/people/new": "/settings/people/new",
  "/settings/people/{id}": (page) => linked(page, "/settings/people", /^\/settings\/people\/\d+/),
  "/settings/rules": "/settings/rules",
  "/settings/rules/new": "/settings/rules/new",
  "/settings/rules/{id}": rule,
  "/settings/senders": "/settings/senders",
  "/settings/senders/new": "/settings/senders/new",
  "/settings/senders/{id}": sender,
  "/settings/tokens": "/settings/tokens",
  "/settings/{list}": "/settings/statuses",
  "/settings/{list}/new": "/settings/areas/new",
  "/settings/{list}/{id}": (page) => linked(page, "/settings/areas", /^\/settings\/areas\/\d+/),
  "/setup": "/setup",
  "/setup/mailbox": "/setup/mailbox",
  "/signin": "/signin",
  "/signin/forgotten": "/signin/forgotten",
  "/text-blocks": "/text-blocks",
  "/text-blocks/choices": PART,
  "/tickets/choices": PART,
  "/tickets/new": "/tickets/new",
  "/tickets/{number}": TICKET,
  "/tickets/merge": "/tickets/merge?ticket=48213&ticket=48219",
  "/tickets/{number}/merge": `${TICKET}/merge`,
  "/tickets/{number}/move": `${TICKET}/move`,
  "/tickets/{number}/attachments.zip": PART,
  "/tickets/{number}/composer": PART,
  "/tickets/{number}/pager": PART,
  "/tickets/{number}/presence": PART,
  "/tickets/{number}/preview": PART,
  "/tickets/{number}/print": `${TICKET}/print`,
  "/tickets/{number}/sheet": PART,
  "/tickets/{number}/thread": PART,
};

/** Pages that take their language from the browser or the address, because nobody is signed in there. */
export const OUTSIDE = ["/api/docs", "/demo", "/password/{token}", "/sandbox", "/sandbox/{id}", "/signin", "/signin/forgotten"];
