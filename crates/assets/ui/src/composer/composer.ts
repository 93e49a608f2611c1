// The composer. Its forms work without this; here they learn to save drafts, to offer addresses and text blocks, to
// take files and to load the editor.

import "./blocks";
import "./presence";
import "./sent";
import * as draft from "./draft";
import * as editing from "./editing";
import { drafts } from "./form";
import { showFormats } from "./formats";
import { restore } from "./kept";
import * as recipients from "./recipients";

export { pressed } from "./modes";

const adopted = new WeakSet<HTMLFormElement>();

/** Sets up what is new on the page; after a message is sent the composer comes anew. */
function adopt(): void {
  for (const form of drafts()) {
    if (adopted.has(form)) continue;
    adopted.add(form);
    const isRestored = restore(form);
    recipients.adopt(form);
    draft.adopt(form, isRestored);
    editing.adopt(form);
  }
  showFormats();
}

// A replaced composer settles outside of the page; only its loading is heard.
for (const name of ["htmx:load", "htmx:afterSettle"]) document.addEventListener(name, adopt);
adopt();
