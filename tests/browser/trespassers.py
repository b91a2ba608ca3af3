"""The 42 pages that try to reach an address only its owner may reach, each in another way.

`{S}` is the forbidden service, by an address that no page may name; `{N}` is the same by a name
that resolves to it, `{R}` by a name that resolves to somewhere else when it is first asked about.
"""

_FETCH = "fetch('{S}', {%s}).then(r => r.text()).then(t => document.title = t)"
_WORKER = "const u = URL.createObjectURL(new Blob([`%s`], {type: 'text/javascript'}));"
_FROM_A_WORKER = "fetch('{S}'); try { importScripts('{S}') } catch (e) {}"

TRESPASSERS: dict[str, str] = {
    "001-meta-refresh": '<meta http-equiv="refresh" content="0;url={S}">',
    "002-location": "<script>location = '{S}'</script>",
    "003-location-replace": "<script>location.replace('{S}')</script>",
    "004-popup": "<script>window.open('{S}')</script>",
    "005-link-clicked-in-new-window": (
        "<a id=a target=_blank href='{S}'>x</a><script>a.click()</script>"
    ),
    "006-link-clicked": "<a id=a href='{S}'>x</a><script>a.click()</script>",
    "007-form-post": (
        "<form id=f method=post action='{S}'><input name=a></form><script>f.submit()</script>"
    ),
    "008-iframe": "<iframe src='{S}'></iframe>",
    "009-object": "<object data='{S}'></object>",
    "010-embed": "<embed src='{S}'>",
    "011-image": "<img src='{S}'>",
    "012-srcset": (
        "<img srcset='{S} 2x, {S}a 1x' src='{S}b'><picture><source srcset='{S}c'></picture>"
    ),
    "013-stylesheet": "<link rel=stylesheet href='{S}'>",
    "014-css-import-and-background": (
        "<style>@import '{S}'; body { background: url('{S}a') }</style>"
    ),
    "015-font": (
        "<style>@font-face { font-family: f; src: url('{S}') } p { font-family: f }</style><p>x"
    ),
    "016-script": "<script src='{S}'></script>",
    "017-module": "<script type=module>import '{S}';</script>",
    "018-svg-image": "<svg><image href='{S}'/><use href='{S}#a'/></svg>",
    "019-video-and-audio": "<video src='{S}' autoplay></video><audio src='{S}a' autoplay></audio>",
    "020-fetch": f"<script>{_FETCH % ''}</script>",
    "021-fetch-no-cors-keepalive": (
        f"<script>{_FETCH % 'mode: `no-cors`, keepalive: true, credentials: `include`'}</script>"
    ),
    "022-xhr": (
        "<script>const x = new XMLHttpRequest(); x.open('POST', '{S}'); x.send('a')</script>"
    ),
    "023-beacon": "<script>navigator.sendBeacon('{S}', 'a')</script>",
    "024-event-source": "<script>new EventSource('{S}')</script>",
    "025-web-socket": "<script>new WebSocket('{S}'.replace('http', 'ws'))</script>",
    "026-web-transport": "<script>new WebTransport('{S}'.replace('http:', 'https:'))</script>",
    "027-web-rtc": (
        "<script>const p = new RTCPeerConnection({iceServers: [{urls: 'turn:{H}?transport=tcp',"
        " username: 'a', credential: 'b'}, {urls: 'stun:{H}'}]}); p.createDataChannel('a');"
        "p.createOffer().then(o => p.setLocalDescription(o))</script>"
    ),
    "028-worker": f"<script>{_WORKER % _FROM_A_WORKER}new Worker(u)</script>",
    "029-shared-worker": f"<script>{_WORKER % _FROM_A_WORKER}new SharedWorker(u)</script>",
    "030-service-worker": "<script>navigator.serviceWorker.register('/worker.js')</script>",
    "031-hints": (
        "<link rel=preconnect href='{S}'><link rel=dns-prefetch href='{N}'>"
        "<link rel=prefetch href='{S}'><link rel=preload as=fetch href='{S}'>"
        "<link rel=modulepreload href='{S}'><link rel=icon href='{S}'>"
    ),
    "032-view-source": "<script>location = 'view-source:file:///etc/passwd'</script>",
    "033-speculation-rules": (
        '<script type=speculationrules>{"prerender": [{"source": "list", "urls": ["{S}"],'
        ' "eagerness": "immediate"}], "prefetch": [{"source": "list", "urls": ["{S}"],'
        ' "eagerness": "immediate"}]}</script>'
    ),
    "034-own-devtools": (
        "<script>for (const p of [9222, 9229]) fetch('http://127.0.0.1:' + p + '/json');"
        "location = 'http://127.0.0.1:9222/json'</script>"
    ),
    "035-rebinding": "<script>fetch('{R}'); location = '{R}'</script>",
    "036-late-navigation": "<script>setTimeout(() => location = '{S}', 1200)</script>",
    "037-redirect-of-a-request": "<script>fetch('/away'); new Image().src = '/away?2'</script>",
    "038-redirect-of-the-page": "<script>location = '/away'</script>",
    "039-base": "<base href='{S}'><img src=secret><script src=secret></script>",
    "040-private-name": "<script>fetch('{N}'); location = '{N}'</script>",
    "041-other-spellings": (
        "<script>for (const h of ['localhost', '0.0.0.0', '127.1', '2130706433', '0x7f.1', '[::1]',"
        " '[::ffff:127.0.0.1]', '127.0.0.1.nip.io', 'a.localhost', '\\u2460\\u2461\\u2466.1'])"
        " try { fetch('http://' + h + ':{P}/') } catch (e) {}</script>"
    ),
    "042-link-local": (
        "<img src='http://169.254.169.254/latest/meta-data/'><script>"
        "fetch('http://169.254.169.254:{P}/'); fetch('http://169.254.170.2/v2/credentials');"
        "location = 'file:///proc/self/environ'</script>"
    ),
}
