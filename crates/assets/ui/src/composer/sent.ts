// What was just written is seen: the conversation goes to its end once it has fetched the new message.

let isSent = false;

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, requestConfig } = (event as CustomEvent).detail;
  if (successful && /^\/tickets\/[^/]+\/(reply|note|forward)$/.test(requestConfig?.path ?? "")) isSent = true;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!isSent || !(event.target instanceof Element) || event.target.id !== "thread") return;
  isSent = false;
  const place = document.getElementById("conversation");
  place?.scrollTo({ top: place.scrollHeight });
});
