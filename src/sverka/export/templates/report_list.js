// Draws the list of all findings, some at a time, from the JSON in the page; filters and sorts it. The JSON is not looked
// at before the reader comes near the list: it may be large.
(() => {
  const list = () => {
    const step = 100;
    const { documents, pages, findings } = JSON.parse(document.getElementById("list").textContent);
    const bar = document.querySelector("form.filter:not(.plain)");
    const table = document.querySelector("table.list");
    const body = table.tBodies[0];
    const more = document.querySelector("button.more");
    const told = bar.querySelector("output");
    const [words, rule, state, least, order] = ["words", "rule", "state", "least", "order"].map((name) => bar.elements[name]);
    bar.hidden = table.hidden = false;
    const [DOCUMENT, ROW, LINE, COLUMN, RULE, STATE, CONFIDENCE, BEFORE, ORIGINAL, AFTER, CANDIDATE] = Array(11).keys();

    // What a finding is searched for by; made when first asked for.
    const sought = [];
    const text = (index) =>
      (sought[index] ??= [documents[findings[index][DOCUMENT]], ...findings[index].slice(RULE)].join(" ").toLocaleLowerCase());

    const element = (name, content, properties = {}) => {
      const made = Object.assign(document.createElement(name), properties);
      made.append(...[content].flat());
      return made;
    };
    const draw = (finding) => {
      const address = `${pages[finding[DOCUMENT]]}#f${finding[DOCUMENT]}-${finding[ROW]}`;
      const name = `${documents[finding[DOCUMENT]]}:${finding[LINE]}:${finding[COLUMN]}`;
      const cells = [
        element("td", element("a", name, { href: address }), { className: "small" }),
        element("td", element("span", finding[RULE], { className: "chip" })),
        element("td", [finding[BEFORE], element("mark", finding[ORIGINAL]), finding[AFTER]], { className: "text", lang: "ru" }),
        element("td", element("ins", finding[CANDIDATE], { lang: "ru" })),
        element("td", `${Math.round(100 * finding[CONFIDENCE])} %`, { className: "num" }),
        element("td", element("span", finding[STATE], { className: "chip" })),
      ];
      return element("tr", cells, { className: finding[STATE] });
    };

    let chosen = [];
    let drawn = 0;
    const extend = () => {
      const part = chosen.slice(drawn, drawn + step);
      body.append(...part.map((index) => draw(findings[index])));
      drawn += part.length;
      more.hidden = drawn >= chosen.length;
    };
    const update = () => {
      const wanted = words.value.trim().toLocaleLowerCase();
      chosen = [...findings.keys()].filter((index) => {
        const finding = findings[index];
        return (
          (!rule.value || finding[RULE] === rule.value) &&
          (!state.value || finding[STATE] === state.value) &&
          finding[CONFIDENCE] >= Number(least.value) &&
          (!wanted || text(index).includes(wanted))
        );
      });
      const sign = { place: 0, sure: -1, unsure: 1 }[order.value];
      if (sign) chosen.sort((a, b) => sign * (findings[a][CONFIDENCE] - findings[b][CONFIDENCE]));
      told.textContent = `${chosen.length} of ${findings.length}`;
      body.replaceChildren();
      drawn = 0;
      extend();
    };
    bar.addEventListener("input", update);
    bar.addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", extend);
    update();
  };
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      list();
    },
    { rootMargin: "1500px" },
  );
  near.observe(document.getElementById("findings"));
})();
