// A draft is kept on this device while it is typed and saved behind the page; without this script the form still works.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = `mx-draft:${document.body.dataset.who}:${location.pathname}`, state = form.querySelector("[data-draft-state]");
  const base = () => form.elements.base || form.elements.base_version;
  const worth = (el) => el.name && !/file|submit|button/.test(el.type) && !/^(csrfmiddlewaretoken|base|base_version)$/.test(el.name);
  const values = () => [...form.elements].filter(worth).map((el) => [el.name, el.value, /radio|checkbox/.test(el.type) ? el.checked : null]);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const say = (text) => { if (state) state.textContent = text; };
  const drop = () => localStorage.removeItem(key);

  // Questions that wait for another answer.
  function open() {
    form.querySelectorAll("[data-when]").forEach((box) => {
      const said = [...form.elements].filter((el) => el.name === box.dataset.when && (!/radio|checkbox/.test(el.type) || el.checked)).map((el) => el.value);
      box.hidden = !said.some((value) => box.dataset.is.split(" ").includes(value));
    });
  }
  function put(stored) {
    stored.forEach(([name, value, checked]) => [...form.elements].forEach((el) => {
      if (el.name !== name || !worth(el)) return;
      if (checked === null) el.value = value; else if (el.value === value) el.checked = checked;
    }));
    open();
  }

  let timer, going = false, again = false, waiting = null;

  // What was typed here and never reached the server comes back; what the server has moved past is only offered.
  const stored = JSON.parse(localStorage.getItem(key) || "null");
  if (stored && !document.querySelector(".mx-errors, .mx-alert.is-bad")) {
    if (same(stored.values, values())) drop();
    else if (stored.base === base()?.value) { put(stored.values); say(form.dataset.restored); later(); }
    else if (stored.sent) drop();
    else offer(stored.values);
  }
  function offer(kept) {
    if (!state) return;
    const take = document.createElement("button"), away = document.createElement("button");
    [take, away].forEach((button) => { button.type = "button"; button.className = "mx-textbtn"; });
    take.textContent = form.dataset.take; away.textContent = form.dataset.drop;
    take.onclick = () => { put(kept); say(form.dataset.restored); later(); };
    away.onclick = () => { drop(); say(""); };
    state.textContent = form.dataset.other + " "; state.append(take, " ", away);
  }

  const keep = (sent) => localStorage.setItem(key, JSON.stringify({ base: base()?.value, sent, values: values() }));
  function later() { clearTimeout(timer); timer = setTimeout(save, 2500); }
  form.addEventListener("input", () => { keep(false); open(); later(); });
  form.addEventListener("change", open);

  // One saving at a time: the next one is told the version the last one made.
  function save() {
    if (form.dataset.sent || waiting) return;
    if (!navigator.onLine) return say(form.dataset.offline);
    if (going) { again = true; return; }
    going = true;
    const before = values();
    fetch(location.href, { method: "POST", body: new FormData(form), headers: { "X-Background": "1" } })
      .then((answer) => answer.json().then((told) => heard(answer, told, before)))
      .catch(() => say(form.dataset.offline))
      .finally(() => {
        going = false;
        if (waiting) { const button = waiting; waiting = null; form.requestSubmit(button); return; }
        if (again) { again = false; later(); }
      });
  }
  function heard(answer, told, before) {
    const wrong = told.faults || {};
    [...form.elements].forEach((el) => { if (worth(el)) if (el.name in wrong) { el.setAttribute("aria-invalid", "true"); el.title = wrong[el.name]; } else { el.removeAttribute("aria-invalid"); el.removeAttribute("title"); } });
    if (!answer.ok) return say(told.say || form.dataset.offline);
    if (told.base !== undefined && base()) base().value = told.base;
    if (told.html && form.dataset.draftInto) document.getElementById(form.dataset.draftInto).innerHTML = told.html;
    if (Object.keys(wrong).length) { keep(false); return say(Object.values(wrong)[0]); }
    if (same(before, values())) drop(); else keep(false);
    say(told.closed || `${form.dataset.saved} ${clock()}`);
  }

  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); keep(false); say(form.dataset.offline); state?.scrollIntoView({ block: "center" }); return; }
    if (going) { event.preventDefault(); event.stopImmediatePropagation(); again = false; keep(false); waiting = event.submitter; return; }
    keep(true);
  }, true);
  addEventListener("online", save);
  open();
})();
