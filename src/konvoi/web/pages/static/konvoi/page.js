// Keys by their place on the keyboard, progress by events, and files that are dropped. Pages work without it.
"use strict";
(() => {
  const typing = (one) => one.closest && one.closest("input, select, textarea, [contenteditable]");
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.code === "Escape") event.target.blur();
      return;
    }
    if (Date.now() - going < 1500) {
      going = 0;
      const found = document.querySelector(`[data-go="${event.code}"]`);
      if (found) { event.preventDefault(); found.click(); }
      return;
    }
    if (event.code === "KeyG" && !event.shiftKey) { going = Date.now(); return; }
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) { location.href = "/keys"; return; }
    const own = !event.shiftKey && document.querySelector(`main [data-key="${event.code}"]`);
    if (own) { event.preventDefault(); own.click(); return; }
    if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) {
      const field = document.querySelector("main input:not([type=hidden]), main select, main textarea");
      if (field) { event.preventDefault(); field.focus(); }
    }
  });
  // Events tell sooner what the page would ask for every two seconds.
  const follow = () => {
    const part = document.querySelector("#progress[data-events]");
    if (!part || part.dataset.followed || !window.EventSource) return;
    part.dataset.followed = "1";
    const source = new EventSource(part.dataset.events);
    source.onmessage = (event) => {
      const told = JSON.parse(event.data);
      if (told.state === "done" || told.state === "failed" || told.state === "cancelled") {
        source.close();
        location.reload();
      }
    };
    source.onerror = () => source.close();
  };
  document.addEventListener("DOMContentLoaded", follow);
  document.addEventListener("htmx:afterSettle", follow);
  document.addEventListener("job-ended", () => location.reload());
  for (const zone of document.querySelectorAll(".drop")) {
    const field = zone.querySelector("input[type=file]");
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      field.files = event.dataTransfer.files;
    });
  }
})();
