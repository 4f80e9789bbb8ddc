"""The style and the script of the HTML page."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --back: #fff; --card: #f6f7f9; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --mark: #fff3b0;
  --critical: #8a2be2; --high: #c1121f; --medium: #9a6700; --low: #0a6c74; --info: #2457a7; --added: #dafbe1; --removed: #ffebe9; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --card: #161b22; --ink: #e6edf3; --soft: #9198a1; --line: #30363d;
  --mark: #5c4a00; --critical: #c792ff; --high: #ff7b72; --medium: #e3b341; --low: #56d4dd; --info: #79b8ff; --added: #12361f; --removed: #4b1a1c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 0 1rem 2rem; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header h1 { margin: 1.2rem 0 0; font-size: 1.5rem; }
header p { margin: .2rem 0 1rem; color: var(--soft); }
#filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; padding: .6rem 0;
  background: var(--back); border-bottom: 1px solid var(--line); }
#search { flex: 2 1 14rem; } #rule { flex: 1 1 10rem; max-width: 100%; min-width: 0; }
#filters input[type=search], #filters select { padding: .4rem .6rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card);
  color: var(--ink); font: inherit; }
#filters label { white-space: nowrap; } .severities { display: inline-flex; flex-wrap: wrap; gap: .2rem .8rem; }
#shown { color: var(--soft); margin-left: auto; }
.finding { content-visibility: auto; contain-intrinsic-size: auto 12rem; margin: 1rem 0; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-left: .3rem solid var(--of); border-radius: .4rem; }
.finding h2 { margin: 0; font-size: 1.05rem; line-height: 1.4; overflow-wrap: anywhere; }
.severity { color: var(--of); font-size: .85rem; text-transform: uppercase; letter-spacing: .04em; margin-right: .3rem; }
.critical { --of: var(--critical); } .high { --of: var(--high); } .medium { --of: var(--medium); } .low { --of: var(--low); } .info { --of: var(--info); }
#filters label[class] { color: var(--of); }
.place, .related { margin: .2rem 0; color: var(--soft); overflow-wrap: anywhere; font-size: .92rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .88em; }
h2 code { font-weight: 600; }
pre { margin: .6rem 0 0; padding: .5rem 0; overflow-x: auto; background: var(--back); border: 1px solid var(--line); border-radius: .4rem; line-height: 1.45; }
.line { display: inline-block; min-width: 100%; padding: 0 .8rem; white-space: pre; }
.line i { display: inline-block; min-width: 2.4em; margin-right: 1em; text-align: right; color: var(--soft); font-style: normal; user-select: none; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid var(--of); }
.added { background: var(--added); } .removed { background: var(--removed); } .hunk { color: var(--soft); }
details { margin-top: .5rem; } summary { cursor: pointer; overflow-wrap: anywhere; } details p { margin: .5rem 0; max-width: 50rem; }
a { color: var(--info); overflow-wrap: anywhere; } .notices { margin: 1rem 0; } .notices h2 { font-size: 1.05rem; } .failure { color: var(--high); }
footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
[hidden] { display: none !important; }
@media (max-width: 40rem) { body { padding: 0 .6rem 1rem; } #filters { position: static; } .finding { padding: .6rem .7rem; } .line { padding: 0 .4rem; } }
@media print { #filters { display: none; } .finding { content-visibility: visible; break-inside: avoid; } }
"""
SCRIPT = """
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const search = document.getElementById("search"), rule = document.getElementById("rule");
  const fixable = document.getElementById("fixable"), shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const all = [...document.querySelectorAll(".finding")].map(e => [e, e.querySelector("h2").textContent + " " + e.querySelector(".place").textContent]);
  const texts = all.map(([e, text]) => [e, text.toLowerCase()]);
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const levels = new Set([...form.querySelectorAll("[name=severity]:checked")].map(e => e.value));
    let count = 0;
    for (const [element, text] of texts) {
      const data = element.dataset;
      const fits = levels.has(data.severity) && (!rule.value || data.rule === rule.value)
        && (!fixable.checked || "fix" in data) && words.every(word => text.includes(word));
      element.hidden = !fits;
      count += fits;
    }
    shown.textContent = count + " shown";
    none.hidden = count > 0;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  apply();
})();
"""
