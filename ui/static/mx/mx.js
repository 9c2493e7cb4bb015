// What scripts add. Without them every page is whole.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

  // Keys: "/" to the search box; j, k, Enter along the rows of a table marked data-rows.
  const rows = () => all("[data-rows] tbody tr").filter((row) => $("a[href]", row));
  function step(by) {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.ariaSelected === "true");
    list[at]?.removeAttribute("aria-selected");
    const row = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    $("a[href]", row).focus({ preventScroll: true });
  }
  const keys = { "/": () => $("[data-slash]")?.focus(), j: () => step(1), k: () => step(-1) };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  const shut = (but) => all(".mx-menu[open]:not(.mx-fsheet), .mx-all[open]").forEach((menu) => { menu.open = menu.contains(but ?? null); });
  document.addEventListener("click", (event) => {
    shut(event.target);
    if (event.target.closest("[data-print]")) print();
  });
  document.addEventListener("change", (event) => { if (event.target.closest("[data-auto]")) event.target.form.requestSubmit(); });

  // Text kept until it is saved: forms marked data-keep, in this tab only.
  const PREFIX = `mx:${document.body.dataset.who}:`, HERE = PREFIX + location.pathname + "#", key = (form) => HERE + form.id;
  const worth = (el) => el.name && el.type !== "hidden" && el.type !== "password" && el.type !== "file";
  const values = (form) => [...form.elements].filter(worth).map((el) => [el.name, el.value, /radio|checkbox/.test(el.type) ? el.checked : null]);
  const keep = (form, sent) => form?.matches("[data-keep]") && sessionStorage.setItem(key(form), JSON.stringify({ sent, values: values(form) }));
  document.addEventListener("input", (event) => keep(event.target.form, false));
  function restore(form) {
    const kept = JSON.parse(sessionStorage.getItem(key(form)) || "null");
    if (!kept || (kept.sent && $("[aria-invalid]", form))) return;
    const saved = kept.sent && document.referrer.split(/[?#]/)[0] === location.origin + location.pathname;
    if (saved || JSON.stringify(kept.values) === JSON.stringify(values(form))) return sessionStorage.removeItem(key(form));
    kept.values.forEach(([name, value, checked]) => [...form.elements].forEach((el) => {
      if (el.name !== name || !worth(el)) return;
      if (checked === null) el.value = value; else if (el.value === value) el.checked = checked;
    }));
    const note = document.createElement("p"), drop = document.createElement("button");
    note.className = "mx-kept"; note.setAttribute("role", "status"); note.textContent = document.body.dataset.kept + " ";
    drop.type = "button"; drop.className = "mx-textbtn"; drop.textContent = document.body.dataset.drop;
    drop.onclick = () => { sessionStorage.removeItem(key(form)); form.reset(); note.remove(); };
    note.append(drop); form.prepend(note);
  }
  // A form sent that led elsewhere is saved. The sign-in page knows nobody and forgets nothing.
  function forget() {
    Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX) && !name.startsWith(HERE)).forEach((name) => {
      if (JSON.parse(sessionStorage.getItem(name)).sent) sessionStorage.removeItem(name);
    });
  }

  // A room where others act is looked at again, but never under somebody's hands. A condition in hx-trigger would be
  // evaluated, which the content policy forbids.
  const busy = (el) => $("details[open], :is(input, select, textarea):focus", el) || all("input:not([type=hidden]), textarea", el).some((field) => field.value !== field.defaultValue);
  setInterval(() => document.querySelectorAll("[data-look]").forEach((el) => { if (!document.hidden && !busy(el)) el.dispatchEvent(new Event("look")); }), 8000);

  // Sending once, and saying so.
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter || $("button:not([type=button])", form);
    if (event.defaultPrevented) return;
    if (form.matches("[data-forget]")) { sessionStorage.clear(); Object.keys(localStorage).filter((name) => /^mx-(visit|ballot|draft):/.test(name)).forEach((name) => localStorage.removeItem(name)); }
    if (form.method !== "post" || form.matches("[data-again]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    button?.setAttribute("aria-busy", "true");
    button?.classList.add("is-busy");
    keep(form, true);
    if (form.matches("[data-upload]")) { event.preventDefault(); upload(form, button); }
  });
  function release() {
    all(".is-busy").filter((el) => el.form?.dataset.sent).forEach((el) => { el.classList.remove("is-busy"); el.removeAttribute("aria-busy"); });
    all("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  }

  // How far an upload is.
  function upload(form, button) {
    const request = new XMLHttpRequest(), data = new FormData(form, button), meter = $(".mx-upmeter", form);
    request.open("POST", form.getAttribute("action") || location.href);
    request.upload.onprogress = (at) => {
      if (!meter || !at.lengthComputable) return;
      const percent = Math.floor((100 * at.loaded) / at.total);
      meter.hidden = false;
      $(".fg", meter).setAttribute("width", percent);
      $("svg", meter).setAttribute("aria-valuenow", percent);
      $("[data-percent]", meter).textContent = percent + "%";
    };
    request.onerror = () => { release(); form.removeAttribute("data-upload"); form.requestSubmit(button); };
    request.onload = () => {
      if (request.responseURL !== location.href) { location.assign(request.responseURL); return; }
      document.body.replaceWith(new DOMParser().parseFromString(request.responseText, "text/html").body);
      window.htmx?.process(document.body);
      start();
    };
    request.send(data);
  }

  function start() {
    all("[data-print]").forEach((el) => { el.hidden = false; });
    all("form[data-keep]").forEach(restore);
    $("[data-focus]")?.focus();
    forget();
  }
  addEventListener("pageshow", release);
  start();
})();
