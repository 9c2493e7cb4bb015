// A visit form keeps what is typed on this phone until it is sent; without this script the form still works.
(() => {
  "use strict";
  const PREFIX = "mx-visit:", who = document.body.dataset.who;
  const done = document.querySelector("[data-visit-done]"), form = document.querySelector("form[data-visit]");
  const kept = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  if (done) kept().filter((name) => JSON.parse(localStorage.getItem(name)).id === done.dataset.visitDone).forEach((name) => localStorage.removeItem(name));
  if (!form) return;

  const key = `${PREFIX}${who}:${location.pathname}`, state = form.querySelector("[data-visit-state]");
  const worth = (el) => el.name && !/file|submit/.test(el.type) && !/^(csrfmiddlewaretoken|chu-.*)$/.test(el.name);
  const values = () => [...form.elements].filter(worth).map((el) => [el.name, el.value, el.type === "radio" ? el.checked : null]);
  const say = (text) => { state.textContent = text; };

  const stored = JSON.parse(localStorage.getItem(key) || "null");
  if (stored && !form.querySelector(".mx-errors") && JSON.stringify(stored.values) !== JSON.stringify(values())) {
    stored.values.forEach(([name, value, checked]) => [...form.elements].forEach((el) => {
      if (el.name !== name || !worth(el)) return;
      if (checked === null) el.value = value; else if (el.value === value) el.checked = checked;
    }));
    say(form.dataset.restored);
  }

  let timer;
  form.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify({ id: form.elements.client_id.value, values: values() }));
    clearTimeout(timer);
    timer = setTimeout(save, 5000);
  });
  // The server's draft follows while there is a network; photos wait for the sending.
  function save() {
    if (!navigator.onLine || form.dataset.sent) return;
    const data = new FormData(form);
    [...data.keys()].filter((name) => name.startsWith("anh-")).forEach((name) => data.delete(name));
    data.set("step", "save");
    fetch(location.href, { method: "POST", body: data, headers: { "X-Background": "1" } })
      .then((answer) => { if (answer.status === 204) say(`${form.dataset.saved} ${new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })}`); })
      .catch(() => say(form.dataset.offline));
  }
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.submitter?.value === "discard") localStorage.removeItem(key);
    if (!navigator.onLine) { event.preventDefault(); say(form.dataset.offline); state.scrollIntoView({ block: "center" }); }
  }, true);
  addEventListener("online", save);
})();
