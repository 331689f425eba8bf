// What a test asks of the open page: each function returns a list of what is wrong, empty when all is well.
(() => {
  const html = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const all = (selector = "*") => [...document.body.querySelectorAll(selector)];
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  // Kept for screen readers only, or, as the skip link, until it has the focus.
  const clipped = (e) => e !== null && (getComputedStyle(e).clipPath === "inset(50%)" || clipped(e.parentElement));
  const unseen = (e) => e.closest(".usa-sr-only, .usa-skipnav:not(:focus)") !== null || clipped(e);
  const drawn = (e) => shown(e) && !unseen(e);
  const TARGETS = "a[href], button, summary, input:not([type=hidden]), select, textarea";
  const CHOICES = "input[type=radio], input[type=checkbox]";

  const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const opaque = (colour) => rgb(colour).length === 3 || rgb(colour)[3] > 0;
  const luminance = (colour) => {
    const [r, g, b] = rgb(colour).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (opaque(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  // The lines of text that are drawn, each with its element.
  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const e = node.parentElement;
      if (!node.data.trim() || e.closest("option, svg, textarea") || !drawn(e)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) if (rect.width > 1) found.push({ e, rect });
    }
    return found;
  };

  // Past the right edge of the window, if one can scroll sideways.
  const tooWide = () =>
    document.documentElement.scrollWidth <= window.innerWidth
      ? []
      : all().filter((e) => e.getBoundingClientRect().right > window.innerWidth).map(html);

  // Text that a box hides, or that begins or ends outside the window.
  const cutOff = () => {
    const boxes = all().filter((e) => {
      const { overflowX, overflowY } = getComputedStyle(e);
      const wide = overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
      const high = overflowY !== "visible" && e.scrollHeight > e.clientHeight + 1;
      return (wide || high) && drawn(e) && !e.matches("input, select, textarea, svg, svg *") && e.textContent.trim();
    });
    const outside = lines().filter(({ rect }) => rect.left < -1 || rect.right > window.innerWidth + 1);
    return [...boxes.map(html), ...outside.map(({ e }) => html(e))];
  };

  // Text over other text.
  const overlaps = () => {
    const found = new Set();
    const sorted = lines().sort((a, b) => a.rect.top - b.rect.top);
    sorted.forEach((one, index) => {
      for (const other of sorted.slice(index + 1)) {
        if (other.rect.top > one.rect.bottom) break;
        const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const high = Math.min(one.rect.bottom, other.rect.bottom) - other.rect.top;
        if (one.e !== other.e && wide > 2 && high > Math.min(one.rect.height, other.rect.height) / 3) {
          found.add(`${html(one.e)} over ${html(other.e)}`);
        }
      }
    });
    return [...found];
  };

  // What moves, or would move when it changes.
  const moving = () => {
    const longer = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
    const would = all().flatMap((e) =>
      ["", "::before", "::after"]
        .filter((part) => {
          const style = getComputedStyle(e, part || null);
          const fades = longer(style.transitionDuration) && style.transitionProperty !== "none";
          return fades || (longer(style.animationDuration) && style.animationName !== "none");
        })
        .map((part) => html(e) + part),
    );
    const scrolls = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["smooth scrolling"] : [];
    return [...would, ...scrolls, ...document.getAnimations().map((one) => `runs: ${one.animationName}`)];
  };

  // Where one can press: the box of the element; of a choice, that of its label with the drawn button.
  const target = (e) => {
    const boxes = [e, ...(e.matches(CHOICES) ? e.labels : [])].map((one) => one.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const width = Math.max(...boxes.map((box) => box.right)) - left;
    return { e, left, top, width, height: Math.max(...boxes.map((box) => box.bottom)) - top };
  };
  // A link in a sentence is as high as its line (the exception "inline" of WCAG 2.5.8).
  const inSentence = (e) => {
    if (!e.matches("a") || getComputedStyle(e).display !== "inline") return false;
    const around = e.closest("p, li, dd, dt, td, h1, h2, h3, h4, label, span:not(a span)");
    return around !== null && around.innerText.trim().length > e.innerText.trim().length + 2;
  };
  const smallTargets = () =>
    all(TARGETS)
      .filter((e) => drawn(e) && !inSentence(e))
      .map(target)
      .filter(({ width, height }) => width < 23.9 || height < 23.9)
      .map(({ e, width, height }) => `${width.toFixed()} x ${height.toFixed()}: ${html(e)}`);

  // The edge of a field or of a drawn button against what is around it (WCAG 1.4.11). Forced colors
  // take its shadow away, and show the outline that is clear otherwise.
  const edge = (e) => {
    if (!e.matches(CHOICES)) return getComputedStyle(e).borderBottomColor;
    const { boxShadow, outlineColor } = getComputedStyle(e.labels[0], "::before");
    return boxShadow.match(/rgba?\([^)]+\)/)?.[0] ?? outlineColor;
  };
  const faintEdges = () =>
    all("input:not([type=hidden], [type=file]), select, textarea")
      .filter(drawn)
      .filter((e) => contrast(edge(e), behind(e.parentElement)) < 3)
      .map((e) => `${edge(e)} on ${behind(e.parentElement)}: ${html(e)}`);

  // An order on the screen that is not the order of the page.
  const reordered = () =>
    all().filter((e) => {
      const style = getComputedStyle(e);
      const turned = style.display.includes("flex") && /reverse/.test(style.flexDirection + style.flexWrap);
      return e.tabIndex > 0 || style.order !== "0" || (turned && e.querySelector(TARGETS));
    }).map(html);

  // A name that does not hold the words one sees: speech control then does not find it (WCAG 2.5.3).
  const unspoken = () =>
    all("[aria-label], [title]").filter((e) => e.matches(TARGETS) && e.innerText.trim()).map(html);

  const outlineOf = (e) => {
    const choice = e.matches(CHOICES);
    const style = choice ? getComputedStyle(e.labels[0], "::before") : getComputedStyle(e);
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && opaque(style.outlineColor);
    return seen ? contrast(style.outlineColor, behind(e.parentElement)) : 0;
  };
  // The element with the focus: how well one sees it, where it is, and what covers it.
  const focused = () => {
    const e = document.activeElement;
    if (e === document.body || !e?.matches(":focus-within")) return null;
    const box = target(e);
    const rect = e.getBoundingClientRect();
    const seen = e.getClientRects()[0] ?? rect;
    const at = document.elementFromPoint(seen.left + seen.width / 2, seen.top + Math.min(seen.height / 2, 20));
    return {
      html: html(e),
      kind: `${e.tagName} ${e.className} ${e.type ?? ""} ${e.matches(CHOICES) ? rect.width : ""}`,
      place: all().indexOf(e),
      outline: outlineOf(e),
      own: { x: rect.left, y: rect.top, width: rect.width, height: rect.height },
      box: { x: box.left, y: box.top, width: box.width, height: box.height },
      covered: !(at && (e.contains(at) || at.contains(e) || [...(e.labels ?? [])].some((label) => label.contains(at)))),
    };
  };
  // What the Tab key has to reach: of buttons that belong together, one.
  const stops = () => {
    const groups = new Set();
    return all(`${TARGETS}, [tabindex="0"]`).filter((e) => {
      if (!shown(e) || e.disabled) return false;
      if (e.type !== "radio") return true;
      const others = all(`input[type=radio][name="${e.name}"]`);
      const reached = others.find((one) => one.checked) ?? others[0];
      return reached === e && !groups.has(e.name) && groups.add(e.name);
    });
  };
  // What Tab leaves out, and where it goes back in the page or up on the screen. Given: its stops, by place.
  const misplaced = (places) => {
    const elements = all();
    const start = places.indexOf(Math.min(...places));
    const ordered = [...places.slice(start), ...places.slice(0, start)];
    const missed = stops().filter((e) => !places.includes(elements.indexOf(e)));
    const back = ordered.filter((place, index) => index && place < ordered[index - 1]);
    const boxes = ordered.map((place) => elements[place]).filter(drawn).map(target);
    const up = boxes.filter(({ left, top, height }, index) => {
      const before = boxes[index - 1];
      return before && top + height <= before.top && left <= before.left;
    });
    return [
      ...missed.map((e) => `Tab does not reach ${html(e)}`),
      ...back.map((place) => `Tab goes back to ${html(elements[place])}`),
      ...up.map(({ e }) => `on the screen this stands above what Tab reaches before: ${html(e)}`),
    ];
  };

  return { tooWide, cutOff, overlaps, moving, smallTargets, faintEdges, reordered, unspoken, focused, misplaced };
})()
