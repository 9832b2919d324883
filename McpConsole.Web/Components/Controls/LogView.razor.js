// Keeps the newest line in sight while the view follows, and never moves what someone reads: the first scroll upwards pauses.
export function attach(box, view) {
  let fromEnd = 0;
  let intent = 0;
  const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < 24;
  const following = () => box.dataset.follow === "true";
  const toEnd = () => { box.scrollTop = box.scrollHeight; };
  const meant = () => { intent = performance.now(); };

  for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) { box.addEventListener(name, meant, { passive: true }); }
  box.addEventListener("scroll", () => {
    if (following() && !atEnd() && performance.now() - intent < 400) {
      fromEnd = box.scrollHeight - box.scrollTop;
      view.invokeMethodAsync("PauseAsync");
    }
  }, { passive: true });

  new MutationObserver(changes => {
    const switched = changes.some(change => change.attributeName === "data-follow");
    if (following()) {
      toEnd();
    } else if (switched) {
      // The paused view holds more rows above: the same rows stay where they were.
      box.scrollTop = box.scrollHeight - (fromEnd || box.clientHeight);
      fromEnd = 0;
    }
  }).observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-follow"] });
  toEnd();
}
