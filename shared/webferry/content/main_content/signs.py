"""The words by which pages name their parts, as bits: in tags, in roles, in class names."""

import re

_TAGS = {
    "nav": "nav",
    "header": "header",
    "footer": "footer",
    "aside": "aside",
    "main": "main",
    "article": "article",
    "section": "section",
    "form": "form",
    "table": "table",
    "list": "ul ol menu",
    "li": "li",
    "dl": "dl",
    "blockquote": "blockquote",
    "figure": "figure",
    "pre": "pre",
    "details": "details",
    "dialog": "dialog",
    "button": "button",
    "heading": "h1 h2 h3 h4 h5 h6",
    "paragraph": "p",
    "hidden": "hidden",
}
TAG_SIGNS = {tag: 1 << index for index, tags in enumerate(_TAGS.values()) for tag in tags.split()}
SIGNED = (
    '[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[role],'
    '[itemprop="articleBody"]'
)
_ROLES = {
    "nav": "navigation menu menubar",
    "header": "banner",
    "footer": "contentinfo",
    "aside": "complementary",
    "main": "main",
    "article": "article",
    "dialog": "dialog alertdialog",
    "form": "search form",
    "ul": "list",
    "li": "listitem",
    "h2": "heading",
    "button": "button",
}
ROLE_SIGNS = {role: TAG_SIGNS[tag] for tag, roles in _ROLES.items() for role in roles.split()}

_NAMES = {
    "nav": "nav menu crumb pagination pager tabs toolbar topbar dropdown sitemap",
    "head": "header masthead",
    "foot": "footer bottom copyright colophon",
    "side": "sidebar side-bar rail widget aside sticky",
    "comment": "comment disqus respond discuss",
    "reply": "reply replies answer",
    "cookie": "cookie consent gdpr onetrust modal popup overlay lightbox",
    "share": "share sharing social follow addthis",
    "related": "related recommend similar trending popular suggest also- upsell cross-sell more-",
    "next": "read-next next prev latest recent",
    "advert": "promo advert sponsor dfp taboola outbrain affiliate banner ads ad adv",
    "subscribe": "subscri newsletter signup sign-up optin mailing",
    "byline": "byline author publish posted date time timestamp meta",
    "tag": "tag categor topic chip badge label pill",
    "content": "content main body copy prose richtext rich-text markdown rte wysiwyg",
    "article": "article story entry post blog single",
    "text": "text paragraph",
    "title": "title headline heading",
    "product": "product price sku variant pdp",
    "shop": "cart checkout buy shop wishlist basket bag",
    "list": "list grid tile result listing",
    "card": "card item teaser carousel slider swiper slick slide",
    "review": "review rating testimonial stars",
    "forum": "thread message forum question bbs",
    "person": "login signin account user profile avatar member",
    "search": "search filter sort facet refine",
    "caption": "caption credit figure gallery image photo media thumb",
    "video": "video player embed audio podcast",
    "fold": "faq accordion collaps expand toggle",
    "contents": "toc table-of-contents on-this-page",
    "hidden": "hidden sr-only screen-reader skip invisible offscreen mobile",
    "summary": "summary excerpt intro lead desc dek abstract overview standfirst",
    "bio": "bio about",
    "code": "code highlight api signature docs doc",
    "notice": "disclaimer legal terms notice alert warning privacy",
    "place": "address map contact hours location phone",
    "part": "step ingredient recipe instruction feature benefit spec detail info",
    "action": "button btn cta action",
    "frame": "hero jumbotron cover",
    "block": "section module component block",
    "box": "container wrapper wrap inner row col column",
}
# These are part of too many other words to be looked for inside them.
_WHOLE_WORDS = (
    "ads ad adv tag list text user bag doc docs lead also- more- next prev item map bio api time"
    " date row col tabs info main body post rail rte head"
)
_FIRST = len(_TAGS)
_NAME_SIGNS = {
    word: 1 << (_FIRST + index)
    for index, words in enumerate(_NAMES.values())
    for word in words.split()
}
SIGNS = [*_TAGS, *(f".{name}" for name in _NAMES)]

_WHOLE = frozenset(_WHOLE_WORDS.split())
# Looked for at each letter of a name: the words by how they begin.
_BEGINNING = 3
_INSIDE: dict[str, list[tuple[str, int]]] = {}
for _word, _bit in _NAME_SIGNS.items():
    if _word not in _WHOLE:
        _INSIDE.setdefault(_word[:_BEGINNING], []).append((_word, _bit))
_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)?")
_KNOWN_AT_MOST = 20_000
_known_names: dict[str, int] = {}
_known_tokens: dict[str, int] = {}


def signs_in(names: str) -> int:
    """The bits of the words that a class or an id is made of."""
    bits = 0
    for name in names.split():
        known = _known_names.get(name)
        bits |= _read(name) if known is None else known
    return bits


def _read(name: str) -> int:
    bits = 0
    for token in _TOKEN.findall(name.lower()):
        known = _known_tokens.get(token)
        bits |= _learn(token) if known is None else known
    return _remembered(_known_names, name, bits)


def _learn(token: str) -> int:
    bits = 0
    for part in {token, *token.split("-")}:
        bits |= _NAME_SIGNS.get(part, 0)
    for start in range(len(token) - _BEGINNING + 1):
        for word, bit in _INSIDE.get(token[start : start + _BEGINNING], ()):
            if token.startswith(word, start):
                bits |= bit
    return _remembered(_known_tokens, token, bits)


def _remembered(known: dict[str, int], word: str, bits: int) -> int:
    if len(known) >= _KNOWN_AT_MOST:
        known.clear()
    known[word] = bits
    return bits
