"""What we run inside a page, in a world of its own that the page's scripts cannot see or touch."""

# Watches the page from now on; asked again, it says what happened since.
WATCH = """
(() => {
  if (globalThis.pulse) return;
  let changes = 0;
  const known = new WeakSet(), limit = 20000;
  const watcher = new MutationObserver(records => { changes += records.length; });
  const watch = root => {
    watcher.observe(root, {childList: true, characterData: true, subtree: true});
  };
  const enter = root => {
    const all = root.querySelectorAll('*');
    for (let i = 0; i < all.length && i < limit; i++) {
      const inner = all[i].shadowRoot;
      if (inner && !known.has(inner)) { known.add(inner); watch(inner); enter(inner); }
    }
  };
  const all = document.getElementsByTagName('*');
  watch(document);
  globalThis.pulse = () => {
    // Only a page about to pass as still is searched for more that might stir.
    if (!changes) enter(document);
    const since = changes;
    changes = 0;
    return {changes: since, size: all.length};
  };
})();
"""
PULSE = "pulse()"
# Whether there is reason to think that more will come: little to read, or a sign to wait.
PROMISES_MORE = """
(() => {
  const scripts = [...document.scripts].some(s => !s.type || /module|script/i.test(s.type));
  if (!scripts) return {text: 0, busy: false, scripts};
  const signs = '[aria-busy="true"],[role="progressbar"],[class*="skeleton" i],' +
    '[class*="spinner" i],[class*="loading" i],[class*="loader" i],[id*="loading" i]';
  const body = document.body, root = document.documentElement;
  const busy = !!body && [...document.querySelectorAll(signs)].slice(0, 20).some(
    e => e !== body && e !== root && !/^(img|script|link)$/.test(e.localName) &&
      e.checkVisibility({opacityProperty: true, visibilityProperty: true}));
  let text = 0;
  const count = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let n = walker.nextNode(); n && text < 1000; n = walker.nextNode()) {
      if (n.nodeType === 1) { if (n.shadowRoot) count(n.shadowRoot); }
      else if (!/^(script|style|noscript|template)$/.test(n.parentNode.localName))
        text += n.data.trim().length;
    }
  };
  if (body) count(body);
  return {text, busy, scripts};
})()
"""
# Down to the end, a window at a time: what waits to be seen is seen.
LOOK_DOWN = """
(async () => {
  const all = document.scrollingElement, steps = %(steps)d;
  if (!all || all.scrollHeight <= innerHeight + 50) return;
  // A page that has grown is looked at from where it ended, another from its top once more.
  if (scrollY + innerHeight + 1 >= all.scrollHeight) scrollTo({top: 0, behavior: 'instant'});
  // What has come into sight is noticed at the end of a frame, after those who wait for the frame.
  const drawn = () => new Promise(done => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 50);
  });
  const step = Math.max(innerHeight, (all.scrollHeight - scrollY) / steps);
  for (let n = 0; n < steps && scrollY + innerHeight + 1 < all.scrollHeight; n++) {
    scrollTo({top: scrollY + step, behavior: 'instant'});
    await drawn();
  }
})()
"""
LOOK_UP = "scrollTo({top: 0, behavior: 'instant'})"
# Shadow trees are part of what a reader sees, but not of outerHTML: they are laid into the page.
READ = """
(() => {
  const limit = %(limit)d;
  const hosts = root => [...root.querySelectorAll('*')].some(e => e.shadowRoot);
  const flat = (node, to) => {
    const copy = to.importNode(node, false);
    const slotted = node.localName === 'slot' ? node.assignedNodes({flatten: true}) : [];
    const inner = node.shadowRoot || node;
    for (const child of slotted.length ? slotted : inner.childNodes) copy.append(flat(child, to));
    return copy;
  };
  const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : '';
  let root = document.documentElement;
  if (!root) return {url: document.URL, html: ''};
  if (hosts(document)) {
    try { root = flat(root, document.implementation.createHTMLDocument('')); }
    catch (tooDeep) { root = document.documentElement; }
  }
  const html = kind + root.outerHTML;
  return html.length > limit ? {url: document.URL, html: null} : {url: document.URL, html};
})()
"""
# Where an element lies on the page, for a picture of it.
PLACE = """
(() => {
  const element = document.querySelector(%(selector)s);
  if (!element) return null;
  element.scrollIntoView({behavior: 'instant', block: 'center'});
  const box = element.getBoundingClientRect();
  return {x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height};
})()
"""
CAN_BE_ASKED = """
(() => { try { document.querySelector(%(selector)s); return true; } catch (e) { return false; } })()
"""
IS_THERE = "!!document.querySelector(%(selector)s)"
