"use strict";
/* The live side of the page: charts, one country followed through all of them, the list of statements filtered.
   Everything here adds to a page that is complete without it. No text from an article is ever read as HTML. */
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const narrow = matchMedia("(max-width: 46rem)");
  const block = document.getElementById("charts");
  const charts = block ? JSON.parse(block.textContent) : {figures: {}, datasets: {}, parts: []};
  const whole = value => Array.isArray(value) ? value.map(whole) : value && typeof value === "object"
    ? ("$" in value ? whole(charts.parts[value.$]) : Object.fromEntries(Object.entries(value).map(([k, v]) => [k, whole(v)]))) : value;
  const datasets = Object.fromEntries(Object.entries(charts.datasets).map(([name, {columns, rows}]) => [name,
    rows.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i]]).filter(([, value]) => value !== null)))]));
  const follow = document.querySelector(".follow");
  const form = document.querySelector(".filter");
  let country = "";

  /* Tooltips: text only, whatever the field is called. */
  const tip = document.createElement("div");
  tip.className = "tip"; tip.hidden = true; tip.setAttribute("role", "status");
  document.body.append(tip);
  const hide = () => { tip.hidden = true; };
  function tooltip(handler, event, item, value) {
    if (value === null || value === undefined || value === "") return hide();
    tip.replaceChildren();
    if (typeof value === "object") {
      const list = document.createElement("dl");
      for (const [key, text] of Object.entries(value)) {
        if (text === null || text === undefined || text === "") continue;
        const term = document.createElement("dt"), words = document.createElement("dd");
        term.textContent = key; words.textContent = String(text); list.append(term, words);
      }
      tip.append(list);
    } else tip.textContent = String(value);
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + "px";
    tip.style.top = (event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 10 : event.clientY + 18) + "px";
  }
  addEventListener("scroll", hide, {passive: true});
  addEventListener("keydown", event => { if (event.key === "Escape") hide(); });

  /* Charts. */
  const refuse = () => Promise.reject(new Error("nothing is fetched"));
  const loader = {load: refuse, sanitize: refuse, http: refuse, file: refuse};
  const views = new Map();
  /* Every chart has a selection called `country`: choosing in one chooses in all. */
  const known = code => Boolean(follow) && [...follow.children].some(button => button.dataset.country === code);
  function pick(view) {
    try {
      const chosen = country ? [{unit: "", fields: [{type: "E", field: "country"}], values: [country]}] : [];
      if (view.getState({data: name => name === "country_store"}).data.country_store) view.data("country_store", chosen).runAsync();
    } catch (error) { /* a chart without countries */ }
  }
  async function draw(plot) {
    const name = plot.dataset.figure, specs = whole(charts.figures[name] || {});
    const spec = (narrow.matches && specs.narrow) || specs.wide;
    if (!spec || typeof vegaEmbed !== "function") return;
    const place = plot.querySelector(".live"), inner = document.createElement("div");
    const wanted = narrow.matches && specs.narrow ? "narrow" : "wide";
    if (views.get(name)?.width === wanted) return;
    views.get(name)?.result.finalize();
    views.set(name, {width: wanted, result: {finalize() {}}});
    try {
      const result = await vegaEmbed(inner, {...spec, datasets},
        {ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip, loader, logLevel: 1});
      views.set(name, {width: wanted, result});
      try { result.view.addSignalListener("country", (name, value) => {
        const code = (value && value.country && value.country[0]) || "";
        if (code !== country && (code === "" || known(code))) choose(code); });
      } catch (error) { /* a chart without countries */ }
      for (const svg of all("svg", inner)) { svg.setAttribute("aria-hidden", "true"); svg.setAttribute("focusable", "false"); svg.removeAttribute("role");
        const w = svg.getAttribute("width"), h = svg.getAttribute("height");
        if (w && h && !svg.getAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${w} ${h}`); }
      place.replaceChildren(inner); place.hidden = false;
      for (const picture of all(".picture", plot)) picture.hidden = true;
      if (country) pick(result.view);
    } catch (error) { views.delete(name); place.hidden = true; for (const picture of all(".picture", plot)) picture.hidden = false; }
  }
  const plots = all(".plot[data-figure]");
  if ("IntersectionObserver" in window) {
    const near = new IntersectionObserver(entries => { for (const entry of entries) if (entry.isIntersecting) draw(entry.target); }, {rootMargin: "600px"});
    for (const plot of plots) near.observe(plot);
  } else plots.forEach(draw);
  narrow.addEventListener("change", () => { for (const plot of plots) if (views.has(plot.dataset.figure)) draw(plot); });
  const still = on => { for (const plot of plots) { const live = plot.querySelector(".live"); if (!live.hasChildNodes()) continue;
    live.hidden = on; for (const picture of all(".picture", plot)) picture.hidden = !on; } };
  addEventListener("beforeprint", () => still(true));
  addEventListener("afterprint", () => still(false));

  /* One country through the whole page. */
  function choose(code) {
    country = code;
    if (follow) for (const button of all("button", follow)) button.setAttribute("aria-pressed", String(button.dataset.country === code));
    for (const {result} of views.values()) if (result.view) pick(result.view);
    for (const mark of all(".ballot [data-country]")) mark.classList.toggle("dim", Boolean(code) && mark.dataset.country !== code);
    if (form) { const select = form.elements.countries; if (select && (code === "" || [...select.options].some(o => o.value === code))) { select.value = code; filter(); } }
  }
  if (follow) { follow.hidden = false; follow.addEventListener("click", event => {
    const button = event.target.closest("button"); if (button) choose(button.dataset.country); }); }

  /* The list of statements. */
  const cards = all("#statements .utterance");
  function filter() {
    const wanted = new FormData(form); let shown = 0;
    for (const card of cards) {
      const fits = [...wanted].every(([name, value]) => !value || (card.dataset[name] || "").split(" ").includes(value));
      card.hidden = !fits; shown += fits;
    }
    const output = form.querySelector("output");
    output.textContent = output.dataset.template.replace("%k", shown).replace("%n", cards.length);
    const nothing = document.querySelector(".nothing"); if (nothing) nothing.hidden = shown > 0;
  }
  if (form && cards.length > 1) {
    form.hidden = false; filter();
    form.addEventListener("input", filter);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => choose(""), 0));
  }
  /* A link to a statement that the filter hides shows it. */
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = target && target.closest(".utterance");
    if (card && card.hidden) { form.reset(); choose(""); card.scrollIntoView(); }
  }
  addEventListener("hashchange", reveal); reveal();

  /* Where the reader is. */
  const links = new Map(all(".toc ol a").map(link => [link.hash.slice(1), link]));
  const sections = all("main > section[id]"); let waiting = false;
  function here() {
    waiting = false;
    const last = sections.filter(section => section.getBoundingClientRect().top < innerHeight * .3).pop();
    for (const link of links.values()) link.removeAttribute("aria-current");
    if (last) links.get(last.id)?.setAttribute("aria-current", "true");
  }
  if (links.size) { here(); addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(here); } }, {passive: true}); }
})();
