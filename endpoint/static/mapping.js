// The mapping without loading its page anew: why a pair is linked, and the code to embed. Everything works without this
// file: links and the form ask for the same pages, and whatever fails here is asked for so. `tell` and
// `offerCopies` are of app.js.

const ABOUT_PAIR = 'main a[href*="#why"]';
const FOLLOWING = [".language", ".filters", ".panel", ".after", ".printed"]; // what speaks of the chosen pair
const LEAST_WAIT = 300; // milliseconds before a reader is told to wait
let shown = location.pathname + location.search;
let asked = 0; // for why a pair is linked
let returning = -1; // which of these was asked for by going back or forth
let looks = 0; // for how the embedded mapping looks

// A page of the same release; of another one, the whole page is to be loaded.
const read = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const release = (of) => of.querySelector("#foot-release + p").textContent;
  if (release(page) !== release(document)) throw new Error("another release");
  return page;
};

const follow = (page, places) => {
  for (const folded of ["details.embed", "details.facets"]) {
    page.querySelector(folded).open = document.querySelector(folded).open;
  }
  for (const place of places) document.querySelector(place).replaceWith(document.adoptNode(page.querySelector(place)));
};

// The table or list stays where only the chosen cell is another.
const mark = (page) => {
  const [old, fresh] = [document.querySelector(".shown"), page.querySelector(".shown")];
  const rest = (of) => {
    const copy = of.cloneNode(true);
    for (const place of [".after", ".printed"]) copy.querySelector(place)?.remove();
    for (const one of copy.querySelectorAll("[aria-current], [open]")) {
      one.removeAttribute("aria-current");
      one.removeAttribute("open");
    }
    return copy.innerHTML;
  };
  if (rest(old) !== rest(fresh)) return old.replaceWith(document.adoptNode(fresh.cloneNode(true)));
  const marked = fresh.querySelectorAll("td a[aria-current], li a[aria-current]");
  const chosen = new Set([...marked].map((one) => one.getAttribute("href")));
  for (const one of old.querySelectorAll("td a, .list-view li a")) {
    if (chosen.has(one.getAttribute("href"))) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
};

// Whoever chose a pair is led to why it is linked; whoever goes back, to where they were.
const lead = (fragment) => {
  const panel = document.querySelector(".panel");
  const heading = document.querySelector(`article[id="${CSS.escape(fragment)}"] h3`) ?? panel.querySelector("h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  const { top } = heading.getBoundingClientRect();
  if (top < 0 || top > innerHeight * .7) heading.scrollIntoView();
  tell(panel.querySelector("h2 ~ p").textContent, false);
};

const choose = async (address, otherwise, then) => {
  const mine = ++asked;
  const panel = document.querySelector(".panel");
  const waiting = setTimeout(() => {
    if (mine !== asked) return;
    panel.setAttribute("aria-busy", "true");
    tell(panel.dataset.loading);
  }, LEAST_WAIT);
  try {
    const page = await read(address);
    if (mine !== asked) return;
    mark(page);
    follow(page, FOLLOWING);
    offerCopies(document.querySelector(".after"));
    tell("");
    then();
    shown = location.pathname + location.search;
  } catch {
    if (mine === asked) otherwise();
  } finally {
    clearTimeout(waiting);
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest(ABOUT_PAIR);
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || link.pathname !== location.pathname) return;
  if (!document.querySelector(".panel")) return;
  event.preventDefault();
  choose(link.href, () => location.assign(link.href), () => {
    history.pushState(null, "", link.href);
    lead(link.hash.slice(1));
  });
});

addEventListener("popstate", () => {
  const isThere = location.pathname + location.search === shown;
  if (isThere && returning === asked) { // there again before the answer came
    asked++;
    document.querySelector(".panel").removeAttribute("aria-busy");
    tell("");
  }
  if (isThere) return;
  const left = document.querySelector(".shown a[aria-current]")?.getAttribute("href");
  choose(location.href, () => location.reload(), () => {
    const wanted = (one) => one.matches("[aria-current]") || one.getAttribute("href") === left;
    const places = [...document.querySelectorAll(".shown :is(td, li) a")].filter((one) => one.checkVisibility());
    places.find(wanted)?.focus({ preventScroll: true });
  });
  returning = asked;
});

// The code to embed follows what is chosen for it.
document.addEventListener("change", async (event) => {
  const form = event.target.closest("form.look");
  if (!form) return;
  const mine = ++looks;
  const chosen = [...new FormData(form)].filter(([name, value]) => form[name].options?.[0].value !== value);
  const address = `${location.pathname}?${new URLSearchParams(chosen)}`;
  try {
    const page = await read(address);
    if (mine !== looks) return;
    follow(page, [".embed .code", ".language"]);
    offerCopies(document.querySelector(".embed .code"));
    history.replaceState(null, "", address + location.hash);
    shown = location.pathname + location.search;
    tell(form.dataset.told, false);
  } catch {
    if (mine === looks) form.requestSubmit();
  }
});
