// What every page does with scripts: the ground, menus, the current heading, facets as tabs; and what is loaded on first use.

const root = document.documentElement;
const script = /** @type {HTMLScriptElement} */ (document.getElementById('boussole_script'));

/**
 * What this browser keeps under `key`, where it keeps anything.
 * @param {string} key
 * @returns {string | null}
 */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Keeps `value` under `key`, or forgets it.
 * @param {string} key
 * @param {string | null} value
 */
function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The choice holds for this page only.
  }
}

/**
 * The element that an address on this page leads to.
 * @param {string} hash
 * @returns {HTMLElement | null}
 */
function target(hash) {
  try {
    return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  } catch {
    return null;
  }
}

/** The switch between the light and the dark ground. */
function ground() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('.theme-switch'));
  // Browsers that do not know `light-dark()` have the light ground only.
  if (!button || !CSS.supports('color', 'light-dark(#000, #fff)')) return;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const colours = /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll('meta[name=theme-color]'));
  const asked = [...colours].map((meta) => meta.media);
  const show = () => {
    const chosen = root.dataset.theme;
    button.setAttribute('aria-pressed', String(chosen ? chosen === 'dark' : system.matches));
    colours.forEach((meta, at) => {
      meta.media = chosen ? (asked[at]?.includes(chosen) ? 'all' : 'not all') : (asked[at] ?? '');
    });
  };
  /** @param {string | null} theme */
  const choose = (theme) => {
    if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
    else delete root.dataset.theme;
    show();
  };
  button.addEventListener('click', () => {
    const wanted = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    // What the system asks for anyway is no choice: the page goes on following it.
    const choice = (wanted === 'dark') === system.matches ? null : wanted;
    keep('boussole-theme', choice);
    choose(choice);
  });
  addEventListener('storage', (event) => {
    if (event.key === 'boussole-theme' || event.key === null) choose(kept('boussole-theme'));
  });
  system.addEventListener('change', show);
  show();
  button.hidden = false;
}

/** The menus that a wide window shows whole are open, for whoever asks for their state too. */
function menus() {
  const wide = matchMedia('(min-width: 62rem)');
  if (!CSS.supports('selector(::details-content)')) return;
  const open = () => {
    const menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('.fold > details'));
    for (const menu of menus) menu.open = wide.matches;
  };
  wide.addEventListener('change', open);
  if (wide.matches) open();
}

/** Marks in the contents of the page the heading that is being read. */
function contents() {
  /** @type {Map<HTMLElement, HTMLAnchorElement>} */
  const links = new Map();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.contents a'))) {
    const heading = target(link.hash);
    if (heading) links.set(heading, link);
  }
  if (links.size === 0 || !('IntersectionObserver' in window)) return;
  const mark = () => {
    /** @type {HTMLAnchorElement | undefined} */
    let current;
    for (const [heading, link] of links) {
      const { top, width } = heading.getBoundingClientRect();
      if (width > 0 && !heading.closest('[hidden]') && top <= innerHeight * 0.3) current = link;
    }
    for (const link of links.values()) {
      if (link === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    // A long table of contents goes along in its own frame.
    const frame = current?.closest('.contents');
    if (!current || !frame || frame.scrollHeight <= frame.clientHeight) return;
    const [link, around] = [current.getBoundingClientRect(), frame.getBoundingClientRect()];
    if (link.top < around.top) frame.scrollTop -= around.top - link.top;
    else if (link.bottom > around.bottom) frame.scrollTop += link.bottom - around.bottom;
  };
  const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -70% 0px' });
  for (const heading of links.keys()) observer.observe(heading);
  document.addEventListener('facet', mark);
}

/** The facets of the page, one under the other or, where the reader prefers it, as tabs. */
function facets() {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector('.facet-bar'));
  const panels = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.text > .facet')]);
  if (!bar || panels.length < 2) return;
  const { label = '', tabs: words = '' } = bar.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'in-tabs';
  button.textContent = words;
  button.setAttribute('aria-label', `${label} – ${words}`);
  button.setAttribute('aria-pressed', 'false');
  const list = document.createElement('div');
  list.className = 'tabs';
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', label);
  const tabs = panels.map((panel) => {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = `tab_${panel.id}`;
    tab.textContent = panel.querySelector('h2')?.textContent ?? panel.id;
    tab.dataset.facet = panel.id;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    list.append(tab);
    return tab;
  });
  let current = 0;

  const isOn = () => button.getAttribute('aria-pressed') === 'true';
  /** @param {number} at */
  const select = (at) => {
    current = at;
    panels.forEach((panel, place) => {
      const tab = tabs[place];
      tab?.setAttribute('aria-selected', String(place === at));
      if (tab) tab.tabIndex = place === at ? 0 : -1;
      // What is hidden so can be found: where browsers know of it, in the page too.
      if (place === at) panel.removeAttribute('hidden');
      else panel.setAttribute('hidden', 'until-found');
    });
    document.dispatchEvent(new Event('facet'));
  };
  /** @param {boolean} on */
  const turn = (on) => {
    button.setAttribute('aria-pressed', String(on));
    root.classList.toggle('tabbed', on);
    if (on) {
      bar.prepend(list);
      panels.forEach((panel) => {
        panel.setAttribute('role', 'tabpanel');
        panel.setAttribute('aria-labelledby', `tab_${panel.id}`);
        panel.tabIndex = 0;
      });
      select(current);
    } else {
      list.remove();
      panels.forEach((panel) => {
        for (const name of ['role', 'aria-labelledby', 'tabindex', 'hidden']) panel.removeAttribute(name);
      });
      document.dispatchEvent(new Event('facet'));
    }
  };
  /**
   * Shows the tab in which `element` is.
   * @param {Element | null} element
   */
  const reveal = (element) => {
    const at = panels.findIndex((panel) => panel.contains(element));
    if (isOn() && at >= 0 && at !== current) select(at);
    return at >= 0;
  };

  // The address is that of what is shown: it can be kept, sent, and come back to.
  /** @param {number} at */
  const choose = (at) => {
    select(at);
    history.replaceState(history.state, '', `#${panels[at]?.id}`);
  };
  list.addEventListener('click', (event) => {
    const at = tabs.findIndex((tab) => tab.contains(/** @type {Node} */ (event.target)));
    if (at >= 0) choose(at);
  });
  list.addEventListener('keydown', (event) => {
    const last = tabs.length - 1;
    const places = /** @type {Record<string, number>} */ ({
      ArrowRight: current === last ? 0 : current + 1,
      ArrowLeft: current === 0 ? last : current - 1,
      Home: 0,
      End: last,
    });
    const at = places[event.key];
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    choose(at);
    tabs[at]?.focus();
  });
  button.addEventListener('click', () => {
    // Those who turn tabs on while they read a facet go on reading it.
    const begun = panels.filter((panel) => panel.getBoundingClientRect().top <= innerHeight * 0.3);
    if (!isOn()) current = Math.max(begun.length - 1, 0);
    turn(!isOn());
    keep('boussole-tabs', isOn() ? 'on' : null);
  });
  for (const panel of panels) panel.addEventListener('beforematch', () => reveal(panel));
  // Before the browser follows a link into a tab, the tab must be there to be gone to.
  document.addEventListener('click', (event) => {
    const link = /** @type {Element} */ (event.target).closest?.('a[href]');
    if (link instanceof HTMLAnchorElement && link.pathname === location.pathname) reveal(target(link.hash));
  });
  const follow = () => {
    if (isOn() && !location.hash) select(0);
    const to = target(location.hash);
    if (reveal(to) && isOn()) to?.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  addEventListener('storage', (event) => {
    if (event.key === 'boussole-tabs') turn(event.newValue === 'on');
  });
  if (kept('boussole-tabs') === 'on') {
    const to = target(location.hash);
    current = Math.max(panels.findIndex((panel) => panel.contains(to)), 0);
    turn(true);
    if (to && panels[current]?.contains(to)) to.scrollIntoView();
  }
  bar.append(button);
}

/** The search, fetched when it is first asked for. */
function search() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('.to-search'));
  const address = script.dataset.search;
  if (!button || !address) return;
  const open = async () => {
    try {
      const { open } = await import(address);
      await open(button);
    } catch (error) {
      console.warn(error);
      // Without the dialog, the map of the whole guide.
      location.href = button.dataset.map ?? '';
    }
  };
  button.addEventListener('click', open);
  addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    void open();
  });
  button.hidden = false;
}

/** What a term means, shown beside it: fetched when one is first pointed at or reached. */
function preview() {
  const address = script.dataset.preview;
  if (!address) return;
  /** @param {Event} event */
  const first = async (event) => {
    // A tap follows the link.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    const link = /** @type {Element} */ (event.target).closest?.('a.term');
    if (!(link instanceof HTMLAnchorElement)) return;
    for (const type of ['pointerover', 'focusin']) document.removeEventListener(type, first);
    try {
      const { start } = await import(address);
      start(link);
    } catch (error) {
      console.warn(error);
    }
  };
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, first);
}

/** Questions that are answered in place. */
async function worksheet() {
  const address = script.dataset.worksheet;
  if (!address || !document.querySelector('section.question')) return;
  try {
    const { start } = await import(address);
    start();
  } catch (error) {
    console.warn(error);
  }
}

for (const part of [ground, menus, facets, contents, search, preview, worksheet]) void part();
