// Tables of class "sortable" are sorted by their heads, and filtered where they have many rows. Without it they stand as
// they are.
(() => {
  const many = 12;
  const value = (cell, numeric) => {
    const text = cell.dataset.value ?? cell.textContent.trim();
    if (!numeric) return text;
    const number = parseFloat(text.replace(/[\s\u202f,]/g, ""));
    return Number.isNaN(number) ? -Infinity : number;
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    if (rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.classList.contains("unsorted")) return;
      const numeric = head.classList.contains("num") || head.classList.contains("track");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Numbers begin with the largest, words with the first of the alphabet.
        const now = head.getAttribute("aria-sort");
        const falling = now ? now === "ascending" : numeric;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        const keyed = rows.map((row) => [value(row.cells[column], numeric), row]);
        const compare = numeric ? (a, b) => a[0] - b[0] : (a, b) => a[0].localeCompare(b[0], "ru", { numeric: true });
        keyed.sort((a, b) => (falling ? compare(b, a) : compare(a, b)));
        body.append(...keyed.map(([, row]) => row));
      });
    });
    if (!table.dataset.filter || rows.length < many) continue;
    const form = document.createElement("form");
    form.className = "filter plain";
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = table.dataset.filter;
    field.setAttribute("aria-label", table.dataset.filter);
    const told = document.createElement("output");
    form.append(field, told);
    table.before(form);
    const update = () => {
      const wanted = field.value.trim().toLocaleLowerCase();
      let count = 0;
      for (const row of rows) {
        row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
        count += row.hidden ? 0 : 1;
      }
      told.textContent = `${count} of ${rows.length}`;
    };
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
  }
  // Paper has no details to open.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      addEventListener("afterprint", () => (details.open = false), { once: true });
    }
  });
})();
