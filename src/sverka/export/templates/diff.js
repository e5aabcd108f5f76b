// Shows and hides kinds of differences, and goes from one to the next. Without it the page shows all of them.
(() => {
  const bar = document.querySelector(".filter");
  if (!bar) return;
  bar.hidden = false;
  document.querySelector(".counts").classList.add("printed");
  const marks = [...document.querySelectorAll(".sheet [data-number]")];
  const chips = [...document.querySelectorAll(".kinds [data-kind]")];
  const rows = [...document.querySelectorAll(".row:not(.names)")];
  const boxes = [...bar.querySelectorAll("[name=kind]")];
  const only = bar.elements.only;
  const shown = bar.querySelector("output");
  const all = new Set(marks.map((mark) => mark.dataset.number)).size;
  let here = null;

  const update = () => {
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const counting = new Set();
    for (const mark of marks) {
      // A difference of several kinds is hidden when all of them are.
      const on = mark.dataset.kind.split(", ").some((kind) => kinds.has(kind));
      mark.classList.toggle("off", !on);
      if (on) counting.add(mark.dataset.number);
    }
    for (const chip of chips) chip.classList.toggle("off", !kinds.has(chip.dataset.kind));
    for (const row of rows) row.hidden = only.checked && !row.querySelector("[data-number]:not(.off)");
    shown.textContent = `${counting.size} of ${all} shown`;
  };

  const go = (step) => {
    const open = marks.filter((mark) => !mark.classList.contains("off"));
    if (!open.length) return;
    const number = here && open.includes(here) ? here.dataset.number : null;
    let at = number === null ? (step > 0 ? 0 : open.length - 1) : open.indexOf(here) + step;
    // What stands on both sides is one stop.
    while (number !== null && open[at] && open[at].dataset.number === number) at += step;
    here?.classList.remove("here");
    here = open[(at + open.length) % open.length];
    here.classList.add("here");
    here.scrollIntoView({ block: "center" });
  };

  bar.addEventListener("input", update);
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.elements.back.addEventListener("click", () => go(-1));
  bar.elements.on.addEventListener("click", () => go(1));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ("nт".includes(event.key)) go(1);
    else if ("pз".includes(event.key)) go(-1);
  });
  // A link to a row that is hidden shows it again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("[hidden]")) return;
    only.checked = false;
    update();
    target.scrollIntoView();
  });
  update();
})();
