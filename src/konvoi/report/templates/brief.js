for (const table of document.querySelectorAll("table:not(.entries)")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const original = [...body.rows];
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[at].textContent.trim();
      const compare = (a, b) => value(a).localeCompare(value(b), document.documentElement.lang, { numeric: true });
      const amount = (row) => parseFloat(row.cells[at].dataset.v);
      const numeric = original.some((row) => row.cells[at].dataset.v);
      const order = numeric ? (a, b) => (amount(a) || 0) - (amount(b) || 0) : compare;
      const rows = original.filter((row) => !row.classList.contains("sum")).sort(order);
      if (down) rows.reverse();
      body.append(...original.filter((row) => row.classList.contains("sum")), ...rows);
    });
  });
}
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("details:not([open])")) return;
  for (let fold; (fold = target.closest("details:not([open])")); ) fold.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
