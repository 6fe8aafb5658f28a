// Vega-Lite charts that are drawn once; after that only their rows and the marked stretch change.
// window.vegaEmbed comes from the script that stands before this one.

const PAUSE = 200; // milliseconds without a movement after which a stretch that is dragged counts
const NAMED = ["country", "target", "outlet", "date"]; // fields that say what a row is about

const name = (row) => NAMED.map((field) => row[field] ?? "").join("|");

function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "sb-charts";
  el.append(box);
  let charts = []; // { view, finalize, sets: {dataset: its rows as text}, brushed }
  let own = ""; // the stretch that we marked ourselves, which nobody chose
  let work = Promise.resolve(); // one thing after the other: drawing takes its time
  const soon = (job) => { work = work.then(job).catch((error) => { console.error(error); }); };

  async function draw() {
    charts.forEach((chart) => chart.finalize());
    charts = [];
    box.replaceChildren();
    for (const [title, spec] of Object.entries(model.get("specs"))) {
      const place = document.createElement("div");
      place.className = "sb-chart";
      box.append(place);
      const datasets = { ...spec.datasets, ...own_rows(spec) };
      const made = await window.vegaEmbed(place, structuredClone({ ...spec, datasets }), { actions: false, renderer: "svg" });
      const brushed = (spec.params ?? []).some((param) => param.name === "stretch");
      const sets = Object.fromEntries(Object.entries(datasets).map(([set, rows]) => [set, JSON.stringify(rows)]));
      charts.push({ spec, view: made.view, finalize: made.finalize, sets, brushed });
      made.view.addEventListener("click", (_, item) => {
        const row = item?.datum;
        if (row && (row.country || row.outlet)) model.send({ clicked: JSON.parse(JSON.stringify(row)), chart: title });
      });
      if (brushed) listen(made.view);
      if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    }
    await mark();
  }

  function own_rows(spec) {
    const rows = model.get("rows");
    return Object.fromEntries(Object.keys(spec.datasets ?? {}).filter((set) => set in rows).map((set) => [set, rows[set]]));
  }

  // Marks whose row is still there are changed in place: most choices change no more than what stands out.
  async function fill() {
    for (const { spec, view, sets } of charts) {
      let changed = false;
      for (const [set, rows] of Object.entries(own_rows(spec))) {
        const text = JSON.stringify(rows);
        if (sets[set] === text) continue;
        view.change(set, difference(view, view.data(set), JSON.parse(text)));
        sets[set] = text;
        changed = true;
      }
      if (changed) await view.runAsync();
    }
  }

  function difference(view, old, rows) {
    const changes = view.changeset();
    const wanted = new Map(rows.map((row) => [name(row), row]));
    for (const row of old) {
      const now = wanted.get(name(row));
      if (!now) changes.remove(row);
      else Object.keys(now).forEach((field) => { if (row[field] !== now[field]) changes.modify(row, field, now[field]); });
      wanted.delete(name(row));
    }
    return changes.insert([...wanted.values()]);
  }

  // A stretch begins and ends at midnight where the reader is.
  async function mark() {
    const days = model.get("stretch");
    for (const { view, brushed } of charts) {
      if (!brushed) continue;
      const scale = view.scale("x");
      view.signal("stretch_x", days.length === 2 ? days.map((day) => scale(new Date(`${day}T00:00:00`))) : [0, 0]);
      await view.runAsync();
      own = JSON.stringify(view.signal("stretch"));
    }
  }

  function listen(view) {
    let timer;
    view.addSignalListener("stretch", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const now = view.signal("stretch");
        if (JSON.stringify(now) === own) return;
        const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        model.send({ stretch: (now.date ?? []).map(Number), zone });
      }, PAUSE);
    });
  }

  const tasks = { "change:specs": () => soon(draw), "change:rows": () => soon(fill), "change:stretch": () => soon(mark) };
  Object.entries(tasks).forEach(([event, task]) => model.on(event, task));
  soon(draw);
  return () => {
    Object.entries(tasks).forEach(([event, task]) => model.off(event, task));
    soon(() => charts.forEach((chart) => chart.finalize()));
  };
}

export default { render };
