// Entries that wait on this device until there is a connection. They go at sign-out, with all kept pages.
"use strict";
window.konvoiDevice = (() => {
  const NAME = "konvoi", STORE = "entries", CACHE = "konvoi-receipts";
  const done = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });
  const within = async (mode, work) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    const known = await done(asked);
    try { return await done(work(known.transaction(STORE, mode).objectStore(STORE))); } finally { known.close(); }
  };
  const all = () => within("readonly", (store) => store.getAll());
  const put = (entry) => within("readwrite", (store) => store.put(entry));
  const remove = (key) => within("readwrite", (store) => store.delete(key));
  let gone = false;
  const wipe = async () => {
    gone = true;
    const known = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
    await Promise.allSettled([
      within("readwrite", (store) => store.clear()),
      window.caches ? caches.delete(CACHE) : null,
      ...known.map((one) => one.unregister()),
    ]);
  };
  const out = document.querySelector("form[data-unsent]");
  if (out && window.indexedDB) {
    out.addEventListener("submit", async (event) => {
      event.preventDefault();
      const waiting = await all().catch(() => []);
      if (waiting.length && !confirm(out.dataset.unsent)) return;
      await Promise.race([wipe().catch(() => null), new Promise((go) => setTimeout(go, 10000))]);
      out.submit();
    });
  }
  return { all, put, remove, wipe, CACHE, isGone: () => gone };
})();
