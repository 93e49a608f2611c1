// Sends one file. Only the old request tells how much of it has arrived.

export type Sent = { kind: "done"; html: string } | { kind: "refused"; words: string } | { kind: "signed out" } | { kind: "lost" };

export interface Upload {
  done: Promise<Sent>;
  stop: () => void;
}

export function upload(address: string, file: File, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", file, file.name);
  const done = new Promise<Sent>((resolve) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => resolve(read(request)));
    request.addEventListener("error", () => resolve({ kind: "lost" }));
    request.addEventListener("abort", () => resolve({ kind: "lost" }));
  });
  request.open("POST", address);
  request.setRequestHeader("HX-Request", "true");
  request.send(form);
  return { done, stop: () => request.abort() };
}

function read(request: XMLHttpRequest): Sent {
  const isAway = new URL(request.responseURL || location.href).pathname === "/signin";
  if (request.status === 401 || isAway || request.getResponseHeader("HX-Redirect")) return { kind: "signed out" };
  if (request.status === 200) return { kind: "done", html: request.responseText };
  const isSentence = request.getResponseHeader("Content-Type")?.startsWith("text/plain");
  return isSentence ? { kind: "refused", words: request.responseText.trim() } : { kind: "lost" };
}
