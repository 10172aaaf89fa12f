// The editor of the query page. The form works without it: it stands in front of the text area and keeps that in step.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const MOST_SHOWN = 60;
const KEYWORDS = `ASK AVG BIND BOUND CONSTRUCT COUNT DATATYPE DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP_CONCAT HAVING
  IF LANG LIMIT MAX MIN MINUS OFFSET OPTIONAL PREFIX REGEX SAMPLE SELECT STR SUM UNION VALUES WHERE YEAR
  COALESCE CONTAINS STRSTARTS`.split(/\s+/).concat("GROUP BY", "ORDER BY", "NOT EXISTS", "FROM NAMED");

// The colours are the page's own: its custom properties reach into the shadow root.
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "650" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--note)" },
  { tag: [tags.url, tags.namespace, tags.propertyName], color: "var(--link)" },
  { tag: tags.variableName, color: "var(--bad)" },
]);

const looks = EditorView.theme({
  "&": { background: "var(--ground)", color: "var(--ink)", border: ".1rem solid var(--line-strong)", borderRadius: ".45rem" },
  "&.cm-focused": { outline: ".18rem solid var(--focus)", outlineOffset: ".12rem" },
  ".cm-scroller": { font: "400 .9rem/1.5 var(--mono)" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "18rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--surface)", color: "var(--ink-2)", border: "0", borderRadius: ".4rem 0 0 .4rem", height: "auto", alignSelf: "stretch" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "var(--surface-2)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--surface-2)", outline: ".06rem solid var(--line-strong)" },
  ".cm-tooltip": { background: "var(--ground)", color: "var(--ink)", border: "1px solid var(--line-strong)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "14rem" },
  ".cm-tooltip-autocomplete > ul > li": { padding: ".2rem .5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1" },
  ".cm-completionIcon": { display: "none" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy .1rem var(--bad)" },
  ".cm-diagnostic": { background: "var(--bad-ground)", color: "var(--bad)" },
});

// What may stand where something is being typed: the terms of the data by short name, local name or label.
function terms({ prefixes, terms }) {
  const byLength = Object.entries(prefixes).sort(([, one], [, other]) => other.length - one.length);
  return terms.flatMap(({ iri, label, sort, uses }) => {
    const [prefix, namespace] = byLength.find(([, start]) => iri.startsWith(start)) ?? [];
    const local = namespace === undefined ? "" : iri.slice(namespace.length);
    if (!/^\w[\w-]*$/.test(local)) return [];
    return [{ prefix, namespace, local, label: label ?? "", short: `${prefix}:${local}`, sort, uses }];
  });
}

function insert({ prefix, namespace, short }) {
  return (view, completion, from, to) => {
    const declared = new RegExp(`\\bprefix\\s+${prefix}:`, "i").test(view.state.doc.toString());
    const head = declared ? "" : `PREFIX ${prefix}: <${namespace}>\n`;
    view.dispatch({
      changes: [{ from: 0, insert: head }, { from, to, insert: short }],
      selection: { anchor: head.length + from + short.length },
      userEvent: "input.complete",
    });
  };
}

function completing(known) {
  return async (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const all = context.state.doc.toString().match(/[?$]\w+/g) ?? [];
      const others = [...new Set(all)].filter((name) => name !== variable.text);
      return { from: variable.from, options: others.map((label) => ({ label, type: "variable" })) };
    }
    const typed = context.matchBefore(/[\p{L}\w-]+:?[\p{L}\w-]*/u);
    if (!typed && !context.explicit) return null;
    const sought = (typed?.text ?? "").toLowerCase();
    const fits = (text) => text.toLowerCase().startsWith(sought);
    const found = (await known()).filter(({ short, local, label }) =>
      fits(short) || fits(local) || label.toLowerCase().split(" ").some(fits) || fits(label));
    const options = found.sort((one, other) => other.uses - one.uses).map((term) =>
      ({ label: term.short, detail: term.label, type: term.sort, apply: insert(term) }));
    const words = KEYWORDS.filter(fits).map((label) => ({ label, type: "keyword" }));
    return { from: typed?.from ?? context.pos, options: [...words, ...options].slice(0, MOST_SHOWN), filter: false };
  };
}

// An error of the server, marked from where the query stops being one to the end of that line.
function fault(state, { line, column, message }) {
  if (!line || line > state.doc.lines) return [];
  const { from, to } = state.doc.line(line);
  const start = Math.min(from + Math.max(column - 1, 0), to);
  return [{ from: start === to ? from : start, to, severity: "error", message }];
}

// What is typed over a selection. Chromium would keep the style of what was there in an attribute, which the policy of
// the page refuses and the console complains of.
function typeOver(event, view) {
  if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

function edit(area) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  let asked;
  const known = () => (asked ??= fetch(area.dataset.completions).then((answer) => answer.json()).then(terms, () => []));
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), EditorView.lineWrapping,
        sparql(), syntaxHighlighting(colours), looks,
        autocompletion({ override: [completing(known)] }),
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (area.form.requestSubmit(), true) }])),
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": label.textContent,
          "aria-description": area.dataset.description,
          "aria-invalid": area.getAttribute("aria-invalid") ?? "false",
          spellcheck: "false",
        }),
        EditorState.phrases.of({ Completions: area.dataset.completionsName, Diagnostics: area.dataset.message ?? "" }),
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  area.after(host);
  area.hidden = true;
  label.addEventListener("click", () => view.focus());
  const { line, column, message } = area.dataset;
  view.dispatch(setDiagnostics(view.state, fault(view.state, { line: Number(line), column: Number(column), message })));
}

for (const area of document.querySelectorAll("textarea[data-completions]")) edit(area);
