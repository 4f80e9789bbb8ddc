"""The practices of a repository as one self-contained page: no script, dark and light, made for phones and for two printed pages."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from infralint import __version__
from infralint.engine.posture import STATES, Posture, Standing
from infralint.output.escape import visible
from infralint.output.posture import SHOWN, more_of, name_of, remarks

STYLE = """
:root { color-scheme: light dark; --back: #fff; --card: #f6f7f9; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0;
  --met: #1a7f37; --not-met: #b42318; --not-assessed: #9a6700; --not-applicable: #59636e; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --card: #161b22; --ink: #e6edf3; --soft: #9198a1; --line: #30363d;
  --met: #56d364; --not-met: #ff7b72; --not-assessed: #e3b341; --not-applicable: #9198a1; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 2rem; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 1.2rem 0 .2rem; font-size: 1.5rem; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0 0 1rem; padding: 0; list-style: none; color: var(--soft); }
.counts b { color: var(--of); font-size: 1.25rem; margin-right: .25rem; }
main { columns: 28rem; column-gap: .8rem; }
section { break-inside: avoid; margin: 0 0 .8rem; padding: .7rem .9rem; background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--of); border-radius: .4rem; }
h2 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem .8rem; margin: 0; font-size: 1.05rem; line-height: 1.4; }
h2 span { color: var(--of); font-size: .82rem; text-transform: uppercase; letter-spacing: .04em; white-space: nowrap; }
.met { --of: var(--met); } .not-met { --of: var(--not-met); } .not-assessed { --of: var(--not-assessed); } .not-applicable { --of: var(--not-applicable); }
p { margin: .2rem 0; } .asks, .standards { color: var(--soft); font-size: .9rem; } .why { overflow-wrap: anywhere; }
section ul { margin: .3rem 0; padding: 0; list-style: none; }
section li { margin: .25rem 0; padding-left: 1.1rem; position: relative; overflow-wrap: anywhere; font-size: .95rem; }
section li::before { position: absolute; left: 0; font-weight: 700; }
li.proof::before { content: "+"; color: var(--met); } li.finding::before { content: "-"; color: var(--not-met); }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }
.place { color: var(--soft); }
footer { margin-top: 1.5rem; color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
@media print { @page { margin: 10mm; } :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 6.9pt; line-height: 1.25; }
  main { columns: 2; column-gap: 4mm; } section { margin: 0 0 2mm; padding: 1mm 2mm; }
  h1 { margin: 0; font-size: 12pt; } h2 { font-size: 8.5pt; } h2 span { font-size: 6.5pt; } .counts { margin: 0 0 2mm; } .counts b { font-size: 9pt; }
  section li { margin: .3mm 0; font-size: 6.7pt; } .asks, .standards { font-size: 6.3pt; } section ul { margin: .5mm 0; } p { margin: .3mm 0; } footer { margin-top: 2mm; } }
"""


def to_html(posture: Posture) -> str:
    """The page."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    csp = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    name = _text(name_of(posture))
    counts = "".join(
        f'<li class="{state.replace(" ", "-")}"><b>{posture.counts[state]}</b>{state}</li>'
        for state in STATES
        if posture.counts[state]
    )
    notes = "".join(f"<p>{_text(remark)}</p>" for remark in remarks(posture))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{csp}">
<title>Practices of {name}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Practices of {name}</h1>
<ul class="counts">{counts}</ul>
</header>
<main>
{"".join(map(_section, posture.standings))}</main>
<footer>{notes}<p>infralint {__version__}. {posture.report.files} files judged.</p></footer>
</body>
</html>
"""


def _text(text: str) -> str:
    return escape(visible(text))


def _message(text: str) -> str:
    """A message whose backquoted values are set as code."""
    parts = _text(text).split("`")
    if len(parts) % 2 == 0:
        return _text(text)
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))


def _section(standing: Standing) -> str:
    practice, kind = standing.practice, standing.state.replace(" ", "-")
    rows = [
        f'<li class="proof">{_message(one.says)} <code class="place">{_text(f"{one.path}:{one.line}")}</code></li>'
        for one in standing.evidence
    ]
    rows += [
        f'<li class="finding">{_message(one.message)} <code class="place">{_text(f"{one.path}:{one.line}")} {_text(one.rule)}</code></li>'
        for one in standing.findings[:SHOWN]
    ]
    rows += [f"<li>{_text(more_of(standing))}</li>"] if more_of(standing) else []
    why = f'<p class="why">{_message(standing.why)}</p>' if standing.why else ""
    listed = f"<ul>{''.join(rows)}</ul>" if rows else ""
    standards = f'<p class="standards">{_text(", ".join(practice.standards))}</p>' if practice.standards else ""
    return (
        f'<section class="{kind}" id="{practice.name}"><h2>{_text(practice.title)} <span>{standing.state}</span></h2>'
        f'<p class="asks">{_text(practice.asks)}</p>{why}{listed}{standards}</section>\n'
    )
