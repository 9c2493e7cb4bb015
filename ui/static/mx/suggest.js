// What may be meant is offered while a box marked data-suggest is typed into; what is picked is opened where it has
// an address, else written into the box.
// The answers are shown as told: a list of the browser's own would hide those spelt otherwise than typed.
(() => {
  "use strict";
  document.querySelectorAll("[data-suggest]").forEach((box) => {
    const form = box.form, around = box.closest(".mx-search") || box.parentElement, list = document.createElement("ul"), said = document.createElement("p");
    let offered = [], at = -1, waiting = 0;
    list.id = `${box.id || box.name}-offered`; list.className = "mx-offered"; list.hidden = true;
    list.setAttribute("role", "listbox"); list.setAttribute("aria-label", box.dataset.offers);
    said.className = "mx-sr"; said.setAttribute("role", "status");
    around.classList.add("mx-offers");
    around.append(list, said);
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    Object.entries(attributes).forEach(([name, value]) => box.setAttribute(name, value));

    function show(found) {
      offered = found; at = -1;
      box.removeAttribute("aria-activedescendant");
      list.replaceChildren(...found.map(({ text, of }, index) => {
        const line = document.createElement("li"), kind = document.createElement("span");
        line.id = `${list.id}-${index}`; line.setAttribute("role", "option"); line.setAttribute("aria-selected", "false");
        kind.textContent = of;
        line.append(text, " ", kind);
        line.onpointerdown = (event) => event.preventDefault();
        line.onclick = () => open(index);
        return line;
      }));
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = found.length ? box.dataset.offers : "";
    }
    function mark(next) {
      list.children[at]?.setAttribute("aria-selected", "false");
      at = next < -1 ? offered.length - 1 : next >= offered.length ? -1 : next;
      const line = list.children[at];
      if (!line) { box.removeAttribute("aria-activedescendant"); return; }
      line.setAttribute("aria-selected", "true");
      line.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", line.id);
    }
    // A concept narrows what is in force; a firm is a page of its own.
    function open(index) {
      const { kind, text, url } = offered[index];
      if (!url) { box.value = text; show([]); box.dispatchEvent(new Event("input", { bubbles: true })); clearTimeout(waiting); return; }
      const to = new URL(url, location.href);
      if (kind !== "enterprise") new FormData(form).forEach((value, name) => {
        if (name !== box.name && !to.searchParams.getAll(name).includes(value)) to.searchParams.append(name, value);
      });
      location.assign(to);
    }
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const typed = box.value, answer = typed.trim() && await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
        if (box.value !== typed || document.activeElement !== box) return;
        show(answer?.ok ? (await answer.json()).suggestions : []);
      }, 120);
    });
    box.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing || list.hidden) return;
      if (by) { event.preventDefault(); mark(at + by); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); open(at); }
      else if (event.key === "Escape") { event.preventDefault(); show([]); }
    });
    box.addEventListener("blur", () => { clearTimeout(waiting); show([]); });
  });
})();
