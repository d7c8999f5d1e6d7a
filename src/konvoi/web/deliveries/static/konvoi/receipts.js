// The form of a receipt without a connection: what is entered waits on this device and is sent later. The key
// of an entry makes sending it twice the same as once. Without scripts the form is sent as any other.
"use strict";
(() => {
  const form = document.querySelector("form[data-owner]");
  const device = window.konvoiDevice;
  if (!form || !device || !window.indexedDB || !window.crypto || !crypto.randomUUID) return;
  const { owner } = form.dataset;
  const place = location.pathname;
  const part = document.getElementById("waiting");
  const list = part.querySelector("ul");
  const words = part.dataset;
  const sent = new Map();

  const fresh = () => { form.elements.key.value = crypto.randomUUID(); };
  const fill = (given) => {
    for (const [name, value] of given) {
      const field = form.elements[name];
      if (field && field.type !== "file" && typeof value === "string") field.value = value;
    }
  };

  // A token of the session in force, and whether the form is that of the same person in the same role.
  const token = async () => {
    const answer = await fetch(place, { cache: "no-store", credentials: "same-origin" });
    if (answer.status >= 500) throw new Error("server");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("form[data-owner]");
    if (!found || found.dataset.owner !== owner) return "";
    return found.querySelector("[name=csrfmiddlewaretoken]").value;
  };

  // Returns where the entry is shown; "" while it cannot be sent; null where it has to be corrected.
  const send = async (entry) => {
    const proof = await token();
    if (!proof) { entry.state = "signed-out"; return ""; }
    const body = new FormData();
    for (const [name, value] of entry.fields) if (name !== "csrfmiddlewaretoken") body.append(name, value);
    body.set("csrfmiddlewaretoken", proof);
    body.set("key", entry.key);
    const answer = await fetch(place, { method: "POST", body, credentials: "same-origin" });
    if (answer.redirected && /\/uploads\/[0-9a-f-]{36}$/.test(new URL(answer.url).pathname)) {
      await device.remove(entry.key);
      return answer.url;
    }
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      entry.state = "wrong";
      entry.why = page.querySelector("main .message.error")?.textContent || "";
      await device.put(entry);
      return null;
    }
    return "";
  };

  const line = (entry) => {
    const row = document.createElement("li");
    row.append(`${entry.name}: `);
    if (sent.has(entry.key)) {
      const link = document.createElement("a");
      link.href = sent.get(entry.key);
      link.textContent = words.sent;
      row.append(link);
      return row;
    }
    row.append(entry.state === "wrong" ? `${words.wrong} ${entry.why}` : entry.state === "signed-out" ? words.signedOut : words.waiting);
    for (const [text, act] of [
      [words.edit, () => { fill(entry.fields); form.elements.key.value = entry.key; form.scrollIntoView(); form.elements.reference.focus(); }],
      [words.remove, async () => { await device.remove(entry.key); show(); }],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-label", `${text}: ${entry.name}`);
      button.addEventListener("click", act);
      row.append(" ", button);
    }
    return row;
  };
  const shown = new Map();
  const show = async () => {
    const own = (await device.all()).filter((one) => one.owner === owner);
    for (const one of own) shown.set(one.key, one);
    const lines = [...shown.values()].filter((one) => sent.has(one.key) || own.some((other) => other.key === one.key));
    list.replaceChildren(...lines.map((one) => line(shown.get(one.key))));
    part.hidden = lines.length === 0;
  };
  let busy = false;
  const sendAll = async () => {
    if (busy) return;
    busy = true;
    try {
      for (const entry of (await device.all()).filter((one) => one.owner === owner)) {
        const found = await send(entry);
        shown.set(entry.key, entry);
        if (found) sent.set(entry.key, found);
        else if (found === "") await device.put(entry);
      }
    } catch { /* There is no connection: the entries stay. */ } finally { busy = false; await show(); }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const fields = [...new FormData(form).entries()].filter(([name, value]) => name !== "csrfmiddlewaretoken" && name !== "key" && !(value instanceof File && !value.name));
    const entry = { key: form.elements.key.value, owner, name: form.elements.receipt.value || form.elements.reference.value, fields, state: "", made: Date.now() };
    await device.put(entry);
    busy = true;
    try {
      const found = await send(entry);
      if (found) { location.href = found; return; }
      if (found === null) {
        // The page of the server marks the fields; nothing was stored of the entry.
        await device.remove(entry.key);
        form.submit();
        return;
      }
      await device.put(entry);
    } catch { /* There is no connection: the entry waits. */ } finally { busy = false; }
    form.reset();
    fresh();
    await show();
    part.focus();
  });
  part.querySelector("button").addEventListener("click", sendAll);
  window.addEventListener("online", sendAll);

  const keep = async () => {
    if (!navigator.serviceWorker || !window.caches || !navigator.onLine) return;
    await navigator.serviceWorker.register(form.dataset.worker);
    if (device.isGone()) return;
    const cache = await caches.open(device.CACHE);
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
    for (const address of [place, ...parts.map((one) => one.href || one.src)]) {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (device.isGone()) return;
      if (answer.ok && !answer.redirected) await cache.put(address, answer);
    }
    form.dataset.kept = "1";
  };

  fresh();
  // A page that is kept has the fields of nobody: those of the address are filled in here.
  fill([...new URLSearchParams(location.search)].filter(([name]) => form.elements[name] && !form.elements[name].value));
  show().then(sendAll);
  keep().catch(() => null);
})();
