// Puts the desk beside a page of the preview and keeps it as the sources are: its findings, the sheet over the page while there
// are faults, the slots in its foot.  It stands in a shadow tree, so that neither knows the other's styles.
{
  const script = document.currentScript;
  const asked = (name) => new URL(name, script.src).href;
  const own = "own" in script.dataset; // a page of the desk itself
  const LOOKING = "guodong.looking", OPEN = "guodong.open";

  const kept = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* then it is not kept */ } };

  const tree = (name) => {
    const host = document.createElement(name);
    const root = host.attachShadow({ mode: "open" });
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = asked("desk.css");
    const area = document.createElement("div");
    root.append(link, area);
    return { host, area };
  };

  const copy = (button) => {
    const done = (said) => {
      const label = button.textContent;
      button.textContent = said;
      setTimeout(() => { button.textContent = label; }, 1600);
    };
    if (!navigator.clipboard) return done("复制不了");
    navigator.clipboard.writeText(button.dataset.copy).then(() => done("已复制"), () => done("复制不了"));
  };

  const copied = (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  };

  const desk = () => {
    const { host, area } = tree("guodong-desk");
    const foot = tree("guodong-slots");
    const room = () => {
      const bar = area.querySelector(".bar");
      document.body.style.paddingBottom = bar ? `${bar.offsetHeight}px` : "";
    };
    const open = (whether) => {
      const button = area.querySelector("[data-do=open]"), panel = area.querySelector(".panel");
      panel.hidden = !whether;
      button.setAttribute("aria-expanded", String(whether));
      button.textContent = whether ? "收起" : "展开";
      room();
    };
    const look = (page) => {
      const over = area.querySelector(".over");
      if (!over) return;
      over.hidden = page;
      keep(LOOKING, page ? "page" : "");
      if (!page) area.querySelector(".inside").focus({ preventScroll: true });
    };
    const themed = () => {
      const { theme } = document.documentElement.dataset;
      for (const one of [host, foot.host]) if (theme) one.dataset.theme = theme; else delete one.dataset.theme;
    };
    area.addEventListener("click", (event) => {
      copied(event);
      const button = event.target.closest("[data-do]");
      if (!button) return;
      if (button.dataset.do === "look") look(true);
      if (button.dataset.do === "faults") look(false);
      if (button.dataset.do === "open") {
        const whether = button.getAttribute("aria-expanded") !== "true";
        keep(OPEN, whether ? "yes" : "no");
        open(whether);
      }
    });
    area.addEventListener("keydown", (event) => {
      const over = area.querySelector(".over");
      if (!over || over.hidden) return;
      if (event.key === "Escape") look(true);
      if (event.key !== "Tab") return;
      const ways = over.querySelectorAll("a, button"), last = ways[ways.length - 1]; // the page behind is out of reach meanwhile
      const at = area.getRootNode().activeElement;
      if (event.shiftKey && (at === ways[0] || !over.contains(at) || at.matches(".inside"))) { event.preventDefault(); last.focus(); }
      if (!event.shiftKey && at === last) { event.preventDefault(); ways[0].focus(); }
    });
    new MutationObserver(themed).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    addEventListener("resize", room);

    let asking = 0;
    return async () => {
      const mine = ++asking; // two answers may overtake each other
      const answer = await fetch(`${asked("findings")}?at=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
      const said = await answer.text();
      if (mine !== asking) return;
      area.innerHTML = said;
      themed();
      if (!host.isConnected) document.body.append(host);
      const slots = area.querySelector(".slots"), footer = document.querySelector("body > footer");
      foot.area.textContent = "";
      if (slots && footer) {
        foot.area.append(slots);
        footer.append(foot.host);
      }
      const here = Number(area.querySelector(".bar").dataset.here);
      open(kept(OPEN) ? kept(OPEN) === "yes" : here > 0);
      if (area.querySelector(".over")) look(kept(LOOKING) === "page");
      else keep(LOOKING, "");
      const link = area.getRootNode().querySelector("link");
      link.addEventListener("load", room);
    };
  };

  const show = own ? () => {} : desk();
  if (own) document.addEventListener("click", copied);
  let seen = script.dataset.version;
  show();
  new EventSource(asked("events")).onmessage = (event) => {
    const { version, shown } = JSON.parse(event.data);
    if (String(version) === seen) return;
    seen = String(version);
    if (own || String(shown) !== script.dataset.shown) location.reload();
    else show();
  };
}
