"""The set words of web pages, as bits: what a short text says that is seldom content."""

import re

_SAYINGS = {
    "rights": "© copyright reserved rights",
    "terms": "privacy terms policy cookie cookies datenschutz impressum confidentialité legal",
    "comments": "comment comments kommentar kommentare commentaire commentaires comentarios",
    "share": "share follow facebook twitter linkedin whatsapp telegram pinterest instagram",
    "subscribe": "subscribe newsletter inbox suscríbete abonnieren подписаться unsubscribe email",
    "account": "login log sign signup register account password anmelden connexion войти",
    "more": "more mehr más plus continue view see show load",
    "related": "related recommended popular trending similar also recent latest похожие featured",
    "byline": "by written posted published updated reviewed author von par por",
    "date": "ago january february march april june july august september october november december",
    "months": "jan feb mar apr jun jul aug sep sept oct nov dec min mins minutes",
    "price": "$ € £ ₽ ¥ usd eur price sale",
    "cart": "cart checkout buy stock shipping delivery wishlist basket add quantity",
    "skip": "skip back top toggle close menu previous next home",
    "call": "contact started book call request download demo trial quote consultation",
    "advert": "advertisement advertising sponsored affiliate disclosure commission ad ads",
    "votes": "reply report like likes upvote votes vote views posts replies joined member",
    "tags": "tags tagged categories category topics topic filed source sources",
    "photo": "photo image credit getty courtesy figure photograph video",
    "filter": "filter filters sort results showing items per page pages",
}
SAYINGS = list(_SAYINGS)
_BITS = {
    word: 1 << index for index, words in enumerate(_SAYINGS.values()) for word in words.split()
}
_END = 1 << len(SAYINGS)
_YEARS = dict.fromkeys(map(str, range(1990, 2040)), _BITS["ago"])
_KNOWN = _BITS | _YEARS | {"\n": _END}
# Letters by their ranges, which are quicker to tell than by their kind: the words need no others.
_TOKEN = re.compile(r"[a-zß-ÿа-яё]+|\d+|[$€£₽¥©\n]")
_LENGTH = 100


def sayings_in(texts: list[str]) -> list[int]:
    """The bits of the set words that each of these lines begins with."""
    lines = "\n".join([text[:_LENGTH] for text in texts]) + "\n"
    found, bits = [], 0
    for known in filter(None, map(_KNOWN.get, _TOKEN.findall(lines.lower()))):
        if known == _END:
            found.append(bits)
            bits = 0
        else:
            bits |= known
    return found
