/* What a browser does with the portal where there is no network; docs/offline.md.

   Pages come from the portal. One of them, kept by js/offline.js for whoever is signed
   in, stands in while it cannot be reached; nothing else that anybody reads is kept. */
"use strict";

const PAGE = "/activities/offline/";
const KEPT = "offline-"; // with the number of its owner
// Where one signs in or out, or acts in another assignment.
const HANDS = /^\/(accounts|people)\//;
const LEAVING = "/accounts/logout/";
const PATIENCE = 8000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "GET") event.respondWith(read(request, pathname));
    else if (HANDS.test(pathname)) event.respondWith(changeHands(request, pathname));
  } else if (request.method === "GET" && pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => kept(request, Response.error())));
  }
});

async function read(request, pathname) {
  const isKept = pathname === PAGE;
  try {
    const answer = await (isKept ? Promise.race([fetch(request), late()]) : fetch(request));
    if (answer.status < 500 || !isKept) return answer;
    return kept(PAGE, answer);
  } catch {
    const page = await kept(PAGE, null);
    if (page && !isKept) return Response.redirect(PAGE);
    return page || without();
  }
}

/* Whoever acts here from now on: the page of the one before is his no longer. */
async function changeHands(request, pathname) {
  try {
    const answer = await fetch(request);
    await forget();
    return answer;
  } catch {
    if (pathname === LEAVING) await forget();
    return without();
  }
}

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith(KEPT)) await caches.delete(name);
}

async function kept(request, otherwise) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT)) continue;
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found) return found;
  }
  return otherwise;
}

const late = () => new Promise((_done, fail) => setTimeout(fail, PATIENCE));

const without = () =>
  new Response(
    `<!doctype html><html lang="id"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>Tidak ada jaringan – Pokmas</title>
    <main><h1>Tidak ada jaringan</h1>
    <p>Portal tidak terjangkau, jadi permintaan Anda belum sampai. Sambungkan perangkat ini ke jaringan, lalu coba lagi.</p>
    <p><a href="/">Buka Pokmas</a></p></main>`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
  );
