"""Pages that a server rendered: articles, documentation, products, lists and tables."""

from benchmarks.site.prose import Prose

ARTICLE_KINDS = ("article", "documentation", "listing", "product", "table")
_ASSETS = 6


def served_page(kind: str, prose: Prose, marker: str) -> str:
    """A whole page between header, navigation and footer; the marker ends its content."""
    body = _BODIES[kind](prose)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{prose.title()}</title>
<meta name="description" content="{prose.words(12)}">
<meta property="og:title" content="{prose.title()}">
<link rel="stylesheet" href="/static/site.css">
<style>.card {{ color: #123 }}</style>{_scripts(prose)}</head><body>
<header><a href="/"><img src="/static/logo.png" alt="logo"></a>{_navigation(prose)}</header>
<main>{body}<p>{marker}</p></main>
<aside><h2>More</h2>{_navigation(prose)}</aside>
<footer>{_navigation(prose)}<p>{prose.sentence()}</p></footer>
<script>window.visits = (window.visits || 0) + 1;</script></body></html>"""


def _scripts(prose: Prose) -> str:
    count = prose.random.randint(1, _ASSETS)
    return "".join(f'<script src="/static/lib{n}.js" defer></script>' for n in range(count))


def _navigation(prose: Prose) -> str:
    links = (
        f'<li class="nav-item"><a class="nav-link" href="/section/{n}">{prose.words(2)}</a></li>'
        for n in range(prose.random.randint(8, 40))
    )
    return f'<nav><ul class="menu">{"".join(links)}</ul></nav>'


def _article(prose: Prose) -> str:
    parts = [f"<h1>{prose.title()}</h1><p>By {prose.words(2)}</p>"]
    for n in range(prose.random.randint(5, 60)):
        if n % 6 == 5:
            parts.append(f"<h2>{prose.title()}</h2>")
        if n % 9 == 4:
            picture = f'<img src="/static/photo{n % 4}.png" alt="{prose.words(3)}">'
            caption = f"<figcaption>{prose.words(8)}</figcaption>"
            parts.append(f"<figure>{picture}{caption}</figure>")
        parts.append(f"<p>{prose.paragraph()}</p>")
    return f"<article>{''.join(parts)}</article>"


def _documentation(prose: Prose) -> str:
    sections = []
    for n in range(prose.random.randint(6, 50)):
        code = "\n".join(f"{word} = {len(word)}" for word in prose.words(5).split())
        listed = "".join(
            f"<li><code>{prose.words(1)}</code> {prose.sentence()}</li>" for _ in "abc"
        )
        sections.append(
            f'<section id="s{n}"><h2>{prose.title()}</h2><p>{prose.paragraph()}</p>'
            f'<pre><code class="language-python">{code}</code></pre><ul>{listed}</ul></section>'
        )
    return f"<h1>{prose.title()}</h1>{''.join(sections)}"


def _listing(prose: Prose) -> str:
    cards = (
        f'<li class="card"><a href="/item/{n}"><img src="/static/photo{n % 4}.png" alt="">'
        f"<h3>{prose.title()}</h3></a><span class=price>${n}.90</span>"
        f"<p>{prose.sentence()}</p></li>"
        for n in range(prose.random.randint(20, 400))
    )
    return f'<h1>{prose.title()}</h1><ul class="cards">{"".join(cards)}</ul>'


def _product(prose: Prose) -> str:
    facts = "".join(f"<dt>{prose.words(1)}</dt><dd>{prose.words(3)}</dd>" for _ in range(25))
    reviews = "".join(
        f'<div class="review"><b>{prose.words(2)}</b><p>{prose.paragraph()}</p></div>'
        for _ in range(prose.random.randint(5, 80))
    )
    return f"<h1>{prose.title()}</h1><p>$19.99</p><dl>{facts}</dl>{reviews}"


def _table(prose: Prose) -> str:
    heads = "".join(f"<th>{prose.words(1)}</th>" for _ in range(8))
    rows = "".join(
        f"<tr>{''.join(f'<td>{prose.words(2)}</td>' for _ in range(8))}</tr>"
        for _ in range(prose.random.randint(20, 500))
    )
    return f"<h1>{prose.title()}</h1><table><thead><tr>{heads}</tr></thead>{rows}</table>"


_BODIES = {
    "article": _article,
    "documentation": _documentation,
    "listing": _listing,
    "product": _product,
    "table": _table,
}
