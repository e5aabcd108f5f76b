// Filters and sorts the findings already on the page. Without it the page shows all of them in the order of the text.
(() => {
  const bar = document.querySelector("form.filter:not(.plain)");
  const findings = [...document.querySelectorAll(".finding")];
  if (!bar || !findings.length) return;
  bar.hidden = false;
  const parts = [...document.querySelectorAll(".document")].map((part) => [part, [...part.querySelectorAll(".finding")]]);
  const [words, rule, state, least, order] = ["words", "rule", "state", "least", "order"].map((name) => bar.elements[name]);
  const shown = bar.querySelector("output");

  const fits = (finding) =>
    (!rule.value || finding.dataset.rule === rule.value) &&
    (!state.value || finding.dataset.state === state.value) &&
    Number(finding.dataset.confidence) >= Number(least.value) &&
    finding.textContent.toLocaleLowerCase().includes(words.value.trim().toLocaleLowerCase());

  const update = () => {
    let count = 0;
    for (const finding of findings) {
      finding.hidden = !fits(finding);
      count += finding.hidden ? 0 : 1;
    }
    for (const [part, mine] of parts) {
      part.hidden = mine.length > 0 && mine.every((finding) => finding.hidden);
    }
    shown.textContent = `${count} of ${findings.length} shown`;
  };

  const by = {
    place: (a, b) => a.dataset.index - b.dataset.index,
    sure: (a, b) => b.dataset.confidence - a.dataset.confidence,
    unsure: (a, b) => a.dataset.confidence - b.dataset.confidence,
  };
  const sort = () => {
    for (const [part, mine] of parts) {
      part.append(...mine.sort(by[order.value]));
    }
  };

  bar.addEventListener("input", (event) => (event.target === order ? sort() : update()));
  bar.addEventListener("submit", (event) => event.preventDefault());
  // A link to a finding that a filter hides shows it again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("[hidden]")) return;
    bar.reset();
    update();
    sort();
    target.scrollIntoView();
  });
  update();
})();
