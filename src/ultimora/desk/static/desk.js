// The desk updates itself: when something new is told, the live part of the page is fetched and put in place.
"use strict";

(() => {
  const live = document.getElementById("live");
  const frozen = "frozen" in document.body.dataset;
  let waiting = 0;
  let fetching = false;

  // Arrow keys walk through an article's revisions.
  const slider = document.querySelector(".slider");
  slider?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  slider?.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const stops = [...slider.querySelectorAll("a")];
    stops[stops.indexOf(document.activeElement) + (step ?? NaN)]?.focus();
  });

  // A drawing shows its newest end first.
  for (const box of document.querySelectorAll(".strip .scroll")) box.scrollLeft = box.scrollWidth;

  if (frozen || !live || !("EventSource" in window)) return;

  function busy() {
    const at = document.activeElement;
    return Boolean(document.getSelection()?.toString()) || Boolean(at?.closest?.("main, form") && at !== document.getElementById("main"));
  }

  function offer() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = document.body.dataset.reload;
    button.addEventListener("click", () => refresh(true));
    live.replaceChildren(document.body.dataset.new.replace("#", String(waiting)), button);
  }

  function refresh(forced) {
    if (fetching) return;
    const part = document.querySelector("[data-live]");
    if (!part || (!forced && busy())) return offer();
    fetching = true;
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.onload = () => {
      fetching = false;
      const fresh = request.status === 200 && request.response?.querySelector("[data-live]");
      if (!fresh) return offer();
      const known = new Set([...part.querySelectorAll("[id^='e-'], .item h3 a")].map((node) => node.id || node.href));
      part.replaceWith(document.adoptNode(fresh));
      for (const node of fresh.querySelectorAll(".event[id], .item")) {
        const name = node.id || node.querySelector("h3 a")?.href;
        if (!known.has(name)) node.classList.add("flash");
      }
      live.textContent = document.body.dataset.new.replace("#", String(waiting));
      waiting = 0;
    };
    request.onerror = () => { fetching = false; offer(); };
    request.send();
  }

  let timer;
  new EventSource("/api/stream").addEventListener("article", () => {
    waiting += 1;
    clearTimeout(timer);
    timer = setTimeout(() => refresh(false), 400);
  });
})();
