"""Pages made to crash, stall or bloat whoever reads them."""

from collections.abc import Callable

DEEP = (
    "div", "b", "a href=x", "ul><li", "blockquote", "table><tr><td", "span", "font color=red",
    "svg", "math><mrow", "p", "dl><dd", "ol", "h1", "pre", "code", "sup", "select><option",
    "template", "details", "form", "button", "ruby><rt", "figure",
)  # fmt: skip
TABLE = "<table><tr><th>a<th>b<tr><td rowspan=2>x<td colspan=2>y<tr><td>q</table>"

PAGES: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "nul": lambda: "\0" * 100_000,
    "lt": lambda: "<" * 5_000_000,
    "amp": lambda: "&" * 5_000_000,
    "flat p": lambda: "<p>x</p>" * 1_250_000,
    "flat a": lambda: '<a href="/x">y</a>' * 500_000,
    "flat br": lambda: "<br>" * 2_500_000,
    "flat br text": lambda: "x<br>" * 2_000_000,
    "flat img": lambda: "<img src=x>" * 900_000,
    "flat imgs lazy": lambda: '<img data-src=x srcset="a 1x, b 2x">' * 250_000,
    "attrs": lambda: "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">x",
    "attrs long": lambda: '<p a="' + "x" * 9_000_000 + '">x',
    "attr href": lambda: '<a href="' + "../" * 3_000_000 + '">x</a>',
    "srcset": lambda: '<img srcset="' + "a 1x, " * 1_500_000 + '">',
    "style": lambda: '<p style="' + "display: " * 1_000_000 + 'none">x',
    "class": lambda: '<pre class="' + "language- " * 1_000_000 + '">x</pre>',
    "colspan": lambda: "<table>" + "<tr>" + "<td colspan=1000 rowspan=65534>x" * 1000 + "</table>",
    "colspan2": lambda: "<table>" + "<tr><td colspan=1000 rowspan=65534>x" * 10000 + "</table>",
    "wide table": lambda: "<table><tr>" + "<td>x" * 2_000_000,
    "tall table": lambda: "<table>" + "<tr><td>x" * 1_000_000,
    "ragged": lambda: "<table>" + "<tr>" + "<td>x" * 5000 + "<tr><td>y" * 50000,
    "nested tables": lambda: "<table><tr><td>" * 5000 + "x",
    "many tables": lambda: TABLE * 50_000,
    "comment": lambda: "<!--" + "-" * 9_000_000,
    "comments": lambda: "<!-- <meta charset=x>" * 400_000,
    "cdata": lambda: "<![CDATA[" * 1_000_000,
    "entities": lambda: "&amp;lt;&#60;&nbsp;" * 500_000,
    "big text": lambda: "word " * 2_000_000,
    "one word": lambda: "x" * 10_000_000,
    "digits": lambda: "1" * 10_000_000,
    "stars": lambda: "*_`[]()#" * 1_200_000,
    "backslash paren": lambda: "\\(" * 4_000_000,
    "dollars": lambda: "$$" * 4_000_000,
    "dollars pairs": lambda: "$$ $" * 2_000_000,
    "backslash lines": lambda: ("\\(x" * 300 + "<p>") * 10_000,
    "backticks": lambda: "<code>" + "`" * 5_000_000 + "</code>",
    "pre lines": lambda: "<pre>" + "\n" * 9_000_000,
    "pre spans": lambda: "<pre>" + "<span class=lineno>1</span>x\n" * 200_000,
    "many pre": lambda: "<div><pre>x</pre></div>" * 200_000,
    "nested pre": lambda: "<pre><code>" * 50_000,
    "pre in divs": lambda: "<div>" * 200 + "<pre>x</pre>" * 100_000,
    "footnotes": lambda: (
        "".join(f"<sup><a href=#fn{i}>{i}</a></sup>" for i in range(50_000))
        + "".join(f"<li id=fn{i}>x" for i in range(50_000))
    ),
    "footnote one target": lambda: "<sup><a href=#fn1>1</a></sup>" * 100_000 + "<li id=fn1>x",
    "dl": lambda: "<dl>" + "<dt>a<dd>b" * 200_000,
    "dls": lambda: "<dl><dt>a<dd>" * 10_000,
    "math": lambda: "<math>" + "<mfrac>" * 100_000,
    "maths": lambda: "<math><mi>x</mi></math>" * 200_000,
    "scripts": lambda: '<script type="math/tex">x</script>' * 200_000,
    "hidden": lambda: "<div hidden>x" * 200_000,
    "hidden styled": lambda: '<div style="display:none">' * 200_000 + "x",
    "reopen": lambda: "<p>" + "".join(f"<b id={i}>" for i in range(2000)) + "<p>x" * 200_000,
    "reopen font": lambda: "<p>" + "".join(f"<font a={i}>" for i in range(500)) + "<p>x" * 7_000,
    "adoption": lambda: "<b><p></b>" * 500_000,
    "adoption a": lambda: "<a><b><div></a>" * 200_000,
    "headings": lambda: "<h1><a href=#x>x" * 300_000,
    "links to ids": lambda: "".join(
        f"<h2 id=a{i}>t<a class=anchor href=#a{i}>#</a></h2>" for i in range(100_000)
    ),
    "cards": lambda: "<a href=x><h2>" * 100_000,
    "card headings": lambda: "<a href=x>" + "<h2>x</h2>" * 100_000 + "</a>",
    "svg text": lambda: "<svg><title>x</title></svg>" * 200_000,
    "frameset": lambda: "<frameset>" * 200_000,
    "base": lambda: '<base href="http://[x"><a href=q>' * 200_000,
    "lists": lambda: "<ul><li>x</ul>" * 300_000,
    "ulul": lambda: "<ul>" * 100 + "<li>x" * 300_000,
    "nbsp": lambda: "&nbsp;" * 1_600_000,
    "nbsp lines": lambda: "<p>&nbsp;x</p>" * 500_000,
    "surrogate": lambda: "\ud800" * 1000 + "<p>x",
    "aligned": lambda: "<table>" + "<tr><th align=right>x" * 100_000,
    "cells br": lambda: "<table><tr><td>" + "<br>" * 1_000_000,
    "cells p": lambda: "<table><tr><td>" + "<p>x" * 500_000,
    "h1 links": lambda: "<h1>" + "<a href=#x>x</a>" * 100_000,
    "note self": lambda: "<p id=x>" + "<a href=#x>[1]</a>" * 100_000,
    "note ids": lambda: "<p>" + "".join(f"<a id=i{i} href=#i{i}>[1]</a>" for i in range(50_000)),
    "note ids2": lambda: (
        "<p>"
        + "".join(f"<a name=i{i} href=#j{i}>[1]</a>" for i in range(50_000))
        + "<p>"
        + "".join(f"<a name=j{i} href=#i{i}>[1]</a>" for i in range(50_000))
    ),
    "sup links": lambda: "<sup>" + "<a href=#x>1</a>" * 50_000 + "<li id=x>y",
    "sr only": lambda: "<a href=x>" + "<span class=sr-only>x</span>" * 70_000,
    "svg in a": lambda: "<a href=x>" + "<svg></svg>" * 140_000,
    "codes br": lambda: "<p>" + "<code>x<br>y</code>" * 30_000,
    "picture": lambda: "<picture>" + '<source srcset="">' * 70_000 + "<img>" * 70_000,
    "summary": lambda: "<summary>" * 100_000,
    "dd p": lambda: "<dl><dt>x<dd>" + "<p>y</p>" * 100_000,
    "imgs comments": lambda: "<img src=a>" + "<!---->" * 140_000,
    "br comments": lambda: "x" + "<br> " * 70_000 + "<!---->" * 5,
    "ruby": lambda: "<ruby>" + "<rt>x" * 500_000,
}
for tag in DEEP:
    PAGES[f"deep {tag}"] = lambda tag=tag: f"<{tag}>" * 150_000 + "x"  # type: ignore[misc]
