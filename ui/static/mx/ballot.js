// A ballot loses no keystroke: it is kept on this device as it is typed and follows to the server while there is a
// network. Without this script the form still works.
(() => {
  "use strict";
  const PREFIX = "mx-ballot:", who = document.body.dataset.who;
  const done = document.querySelector("[data-ballot-done]"), form = document.querySelector("form[data-ballot]");
  if (done) localStorage.removeItem(`${PREFIX}${who}:${done.dataset.ballotDone}`);
  if (!form) return;

  const key = `${PREFIX}${who}:${location.pathname}`, state = form.querySelector("[data-ballot-state]"), base = form.elements.base_version;
  const worth = (el) => el.name && !/submit|button/.test(el.type) && !/^(csrfmiddlewaretoken|base_version)$/.test(el.name);
  const values = () => [...form.elements].filter(worth).map((el) => [el.name, el.value, /radio|checkbox/.test(el.type) ? el.checked : null]);
  const say = (text) => { state.textContent = text; };
  const keep = () => localStorage.setItem(key, JSON.stringify({ base: base.value, values: values() }));
  function put(stored) {
    stored.values.forEach(([name, value, checked]) => [...form.elements].forEach((el) => {
      if (el.name !== name || !worth(el)) return;
      if (checked === null) el.value = value; else if (el.value === value) el.checked = checked;
    }));
    total();
  }

  let timer, saving = false, again = false, stopped = false, sent = false, unsaved = false, waiting = null;

  // What stands on this device and not on the server. Over a newer draft it is offered, never put.
  const stored = JSON.parse(localStorage.getItem(key) || "null");
  if (stored && JSON.stringify(stored.values) !== JSON.stringify(values())) {
    if (stored.base === base.value) { put(stored); say(form.dataset.restored); unsaved = true; later(); }
    else {
      const take = document.createElement("button");
      take.type = "button"; take.className = "mx-textbtn"; take.textContent = form.dataset.take;
      take.onclick = () => { put(stored); take.remove(); unsaved = true; later(); };
      say(form.dataset.newer + " "); state.append(take);
    }
  }

  function later() { clearTimeout(timer); timer = setTimeout(save, 1500); }
  form.addEventListener("input", () => { unsaved = true; keep(); total(); later(); });
  function save() {
    if (stopped || waiting || !unsaved) return;
    if (!navigator.onLine) { say(form.dataset.offline); return; }
    if (saving) { again = true; return; }
    saving = true; unsaved = false;
    const data = new FormData(form);
    data.set("step", "save");
    fetch(location.pathname, { method: "POST", body: data, headers: { "X-Background": "1" } })
      .then((answer) => answer.json().then((told) => [answer.status, told]))
      .then(([status, told]) => {
        if (status >= 400 && status !== 409) throw new Error(status);
        if (status === 409) { stopped = true; say(told.message); return; }
        base.value = told.version; keep();
        say(`${form.dataset.saved} ${told.at}`);
        form.querySelectorAll("[data-fault]").forEach((el) => { el.textContent = told.faults[el.dataset.fault] || ""; });
      })
      .catch(() => { unsaved = true; say(form.dataset.offline); })
      .finally(() => {
        saving = false;
        if (waiting) { const button = waiting; waiting = null; form.requestSubmit(button); return; }
        if (again) { again = false; later(); }
      });
  }
  addEventListener("online", save);
  // A page that goes away saves what is not saved yet, and nothing else: a save behind the next page would outdate it.
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { keep(); save(); } });
  // A save under way ends first: its version is the one that is handed in. Once sent, nothing is saved behind it.
  addEventListener("pageshow", () => { stopped = sent = false; });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer); again = false; keep();
    if (!navigator.onLine) { event.preventDefault(); say(form.dataset.offline); state.scrollIntoView({ block: "center" }); return; }
    if (sent) { event.preventDefault(); return; }
    if (saving) { event.preventDefault(); waiting = event.submitter; return; }
    stopped = sent = true;
  }, true);

  // The sum as it grows; what is open is said, never counted as 0.
  function total() {
    const out = form.querySelector("[data-total]");
    if (!out) return;
    let sum = 0, open = 0;
    form.querySelectorAll("[data-weight]").forEach((el) => {
      const value = Number(el.value.replace(",", "."));
      if (el.value.trim() === "" || Number.isNaN(value)) open += 1; else sum += value * Number(el.dataset.weight);
    });
    out.textContent = sum.toLocaleString("vi-VN", { maximumFractionDigits: 2 });
    const note = form.querySelector("[data-open]");
    note.textContent = open ? note.dataset.open.replace("0", String(open)) : "";
  }
  total();
})();
