"""Reads yes and no, and whether something can be had, in several languages."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re

from webferry.content.patterns import later
from webferry.content.records.values.numbers import LONGEST

_OUT = later(
    r"out[\s_-]?of[\s_-]?stock|sold[\s_-]?out|(?<!\w)(?:un|(?<!information )not )available|"
    r"discontinued|no longer|"
    r"(?<!bild )nicht (?:auf lager|verfügbar|lieferbar|vorrätig)|ausverkauft|vergriffen|"
    r"derzeit nicht|"
    r"rupture|épuisé|indisponible|agotado|sin stock|no disponible|esgotado|indisponível|"
    r"esaurito|non disponibile|нет в наличии|распродано|товар отсутствует|закончил|"
    r"niet op voorraad|"
    r"uitverkocht|niedostępn|wyprzedan|nedostupn|vypredan|vyprodán|"
    r"razprodano|rasprodano|ni na zalogi|nije dostup|nincs (?:készleten|raktáron)|elfogyott|"
    r"stoc epuizat|indisponibil|εξαντλ|tükendi|stokta yok|utsolgt|udsolgt|ej i lager|loppuunmyyty|"
    r"läbi müüdud|nav pieejam|nėra|išparduota|غير متوفر|нема(?:є)? в наявн|"
    r"slut i lager|在庫切れ|売り切れ|품절|缺货|"
    r"auction ended|(?:has|is) ended|notify me when|notified.{0,40}in stock|"
    r"back in stock|listing (?:was |has )?ended|bidding (?:has )?ended|"
    r"currently unavailable|^oos$|^\W*(?:sold|ended|expired|closed)\W*$",
    re.IGNORECASE,
)
_IN = later(
    r"(?:in|low|limited)[\s_-]?stock|few left|"
    r"(?<!\w)(?<!not )available(?! from| since| on)|only \d+ left|\d+ left|"
    r"ready to ship|ships (?:in|within|from)|"
    r"pre[\s_-]?order|back[\s_-]?order|limitedavailability|made[\s_-]?to[\s_-]?order|"
    r"pre[\s_-]?sale|^reserved$|onlineonly|instoreonly|"
    r"auf lager|verfügbar|lieferbar|vorrätig|sofort|en stock|disponible|disponibil(?!e su)|"
    r"disponível|em estoque|"
    r"в наличии|есть в|на складе|op voorraad|dostępn|skladem|na sklade|skladom|dostupn|na zalihi|"
    r"na zalogi|"
    r"dobavljivo|na stanju|raktáron|készleten|în stoc|in stoc|διαθέσιμ|σε απόθεμα|stokta|"
    r"varastossa|noliktavā|pieejams|sandėlyje|متوفر|в наявності|"
    r"v zalogi|i lager|på lager|in magazzino|在庫あり|有货|재고",
    re.IGNORECASE,
)
_CART = later(
    r"(?:add[-_]?to[-_]?(?:cart|basket|bag)|buy[-_]?now)|"
    r"(?:add|put)(?: \w+){0,2} (?:to|in|into)(?: your| my| the)?(?: shopping)?"
    r" (?:cart|bag|basket|trolley)|buy (?:it )?now|(?<!\w)buy(?!\w| again)|in den (?:waren|"
    r"einkaufs)korb|"
    r"ajouter au panier|añadir (?:al|a la) (?:carrito|cesta)|agregar al carrito|comprar|acheter|"
    r"в корзину|купить|aggiungi al carrello|acquista|do koszyka|do koš[íi]ka|do košíku|v košarico|"
    r"u košaricu|add to order|dodaj v|dodaj u|naruči|naroči|do košíka|objednať|kúpiť|koupit|"
    r"kosárba|adaugă în coș|adauga in cos|στο καλάθι|sepete ekle|legg i handlekurv|læg i kurv|"
    r"lägg i varukorg|lisää ostoskoriin|lisa ostukorvi|pievienot grozam|į krepšelį|в кошик|купити|"
    r"kupi(?!\w)|place bid|bid now|in winkelwagen|adicionar ao carrinho|"
    r"カートに入れる|加入购物车|加入購物車|장바구니|구매|أضف",
    re.IGNORECASE,
)
_YES = frozenset(
    [
        "yes",
        "true",
        "y",
        "1",
        "on",
        "ja",
        "oui",
        "sí",
        "si",
        "да",
        "x",
        "✓",
        "✔",
        "☑",
        "included",
        "enthalten",
        "inclus",
    ]
)
_NO = frozenset(
    ["no", "false", "n", "0", "off", "nein", "non", "нет", "✗", "✘", "✕", "×", "☐", "none"]
)


def read_availability(text: str) -> bool | None:
    """Whether a text says that something can be had."""
    text = text[:LONGEST]
    if _OUT.search(text):
        return False
    return True if _IN.search(text) else None


def offers_to_buy(text: str) -> bool:
    """Whether a text is what stands on a button to buy."""
    return len(text) < 40 and bool(_CART.search(text))


def read_boolean(text: str) -> bool | None:
    """Yes or no, in stock or sold out."""
    word = text[:LONGEST].strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    return read_availability(word)
