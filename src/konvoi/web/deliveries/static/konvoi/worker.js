// Pages of deliveries without a connection: the form of a receipt as it was kept, with its styles and scripts.
"use strict";
const CACHE = "konvoi-receipts";
const PATIENCE = 8000;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isPage = request.mode === "navigate";
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (!isPage && !["style", "script", "image"].includes(request.destination)) return;
  // Asked for by its name: opening it would make it anew after a sign-out.
  const kept = () => caches.match(request, { cacheName: CACHE, ignoreSearch: isPage });
  const late = new Promise((go) => setTimeout(go, PATIENCE)).then(async () => (await kept()) || new Promise(() => null));
  const asked = fetch(request);
  event.respondWith(Promise.race([asked, late]).catch(async () => (await kept()) || Response.error()));
});
