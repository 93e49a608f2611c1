// The full date of a moment as its tooltip, made when the pointer comes to it.

import { closest } from "./dom";

const format = new Intl.DateTimeFormat(document.documentElement.lang || "de", {
  dateStyle: "full",
  timeStyle: "short",
  timeZone: document.body.dataset.zone,
});

document.addEventListener("pointerover", (event) => {
  const moment = closest(event, "time[datetime]:not([title])");
  if (moment instanceof HTMLTimeElement) moment.title = format.format(new Date(moment.dateTime));
});
