// HTML mails stand in frames without scripts. The page measures them, so that only the page scrolls.

const HEIGHT_MAX = 20_000;

function measure(frame: HTMLIFrameElement): void {
  const page = frame.contentDocument;
  if (!page?.body) return;
  // The margins of the first and the last paragraph stand outside of the body, but inside of the document.
  const content = Math.max(page.documentElement.getBoundingClientRect().height, page.body.scrollHeight);
  // A wide mail has a scroll bar below it.
  const height = Math.ceil(content) + frame.clientHeight - page.documentElement.clientHeight;
  if (content > 0) frame.style.setProperty("--frame-h", String(Math.min(HEIGHT_MAX, height)));
}

function follow(frame: HTMLIFrameElement): void {
  const page = frame.contentDocument;
  if (!page?.body || page.URL === "about:blank") return;
  measure(frame);
  new ResizeObserver(() => measure(frame)).observe(page.documentElement);
  // Keys go on working after a click into the mail.
  page.addEventListener("keydown", (event) => {
    const copy = new KeyboardEvent("keydown", { ...options(event), bubbles: true, cancelable: true });
    if (!document.body.dispatchEvent(copy)) event.preventDefault();
  });
}

function options({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): KeyboardEventInit {
  return { key, ctrlKey, metaKey, shiftKey, altKey };
}

function isMail(target: EventTarget | null): target is HTMLIFrameElement {
  return target instanceof HTMLIFrameElement && target.matches(".mailframe");
}

// Loading does not bubble, but it can be caught on the way down.
document.addEventListener("load", (event) => isMail(event.target) && follow(event.target), true);
document.querySelectorAll<HTMLIFrameElement>(".mailframe").forEach(follow);

// A quote's frame has no height before it is unfolded.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target instanceof HTMLDetailsElement) event.target.querySelectorAll<HTMLIFrameElement>(".mailframe").forEach(measure);
  },
  true,
);
