// Everything works without this file.

// What happened, for those who hear it; and for those who see it, unless what they look at shows it.
const told = document.createElement("p");
told.id = "told";
told.className = "unseen";
told.setAttribute("role", "status");
document.querySelector("main").append(told);
const tell = (text, isSeen = true) => {
  told.className = text && isSeen ? "toast" : "unseen";
  told.textContent = text;
};

// A button beside what is there to be copied, where the browser lets pages do that.
const offerCopies = (within) => {
  const words = document.querySelector("main").dataset;
  for (const text of navigator.clipboard ? within.querySelectorAll("[data-copied]") : []) {
    const button = document.createElement("button");
    const what = document.createElement("span");
    button.type = "button";
    button.className = "button quiet copy";
    what.className = "unseen";
    what.textContent = ` ${text.dataset.copied}`;
    button.append(words.copy, what);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.value ?? text.textContent);
        tell(`${words.done}: ${text.dataset.copied}`);
      } catch {
        if (text.select) text.select();
        else getSelection().selectAllChildren(text);
        tell(words.failed);
      }
      setTimeout(tell, 4000, "");
    });
    text.after(" ", button);
  }
};
offerCopies(document);

// A basket of proposals is on its page alone: whoever is about to leave it is asked, unless a form has taken it along.
if (document.querySelector(".basket li")) {
  let isTaken = false;
  document.addEventListener("submit", (event) => { isTaken ||= event.target.matches(":has([name=basket])"); });
  addEventListener("beforeunload", (event) => { if (!isTaken) event.preventDefault(); });
}

// How large a document is in each of its formats.
for (const formats of document.querySelectorAll("[data-sizes]")) {
  const kilobytes = { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 };
  const size = new Intl.NumberFormat(document.documentElement.lang, kilobytes);
  fetch(formats.dataset.sizes).then((answer) => answer.ok ? answer.json() : {}).then((sizes) => {
    for (const [format, bytes] of Object.entries(sizes)) {
      formats.querySelector(`[data-format="${format}"] span`)?.append(`, ${size.format(bytes / 1000)}`);
    }
  }, () => {}); // the formats are there all the same
}

// Suggestions under a field of search: a combobox with a listbox, as the ARIA Authoring Practices describe it.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let waiting, asked = 0, chosen = -1;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestions);
  status.className = "unseen";
  status.setAttribute("aria-live", "polite");
  field.after(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const abandon = () => {
    clearTimeout(waiting);
    asked += 1;
  };
  const close = () => {
    abandon();
    choose(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  };
  const choose = (index) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = list.children[chosen];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const part = (name, text, language) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    if (language) span.lang = language;
    return span;
  };
  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((found, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.dataset.href = found.href;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      if (found.code) option.append(part("code", found.code), " ");
      option.append(part("name", found.label, found.language), " ", part("type", found.apart ? `${found.type} · ${found.apart}` : found.type));
      if (found.matched) option.append(" ", part("type", found.matched, found.matchedLanguage));
      return option;
    }));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = `${field.dataset.suggestions}: ${suggestions.length}`;
  };
  const ask = async () => {
    const mine = ++asked;
    const typed = field.value.trim();
    if (!typed) return close();
    try {
      const answer = await fetch(`${field.dataset.suggest}&q=${encodeURIComponent(typed)}`);
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (mine === asked && document.activeElement === field) show(found);
    } catch {
      if (mine === asked) close(); // the form works all the same
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const many = list.children.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      abandon(); // a later answer would take away what is being chosen from
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 && step < 0 ? many - 1 : (chosen + 1 + step + many + 1) % (many + 1) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.href);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape leaves what is typed
      close();
    }
  });
  list.addEventListener("pointerdown", abandon); // a later answer would take away what is under the pointer
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}

// Arrow keys move between the linked cells of the matrix.
for (const table of document.querySelectorAll("table.matrix")) {
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.closest("td, th");
    if (!step || !cell || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    let row = cell.parentElement.rowIndex + step[0];
    let column = cell.cellIndex + step[1];
    for (; table.rows[row]?.cells[column]; row += step[0], column += step[1]) {
      const link = table.rows[row].cells[column].querySelector("a");
      if (link) {
        event.preventDefault();
        link.focus();
        return;
      }
    }
  });
}
