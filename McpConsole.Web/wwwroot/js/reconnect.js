// Shows the state of the circuit's connection, tries again when the tab comes back, and reloads when the server has forgotten the circuit.
// Blazor tells the state by classes on the element: components-reconnect-show, -hide, -failed, -rejected.
const modal = document.getElementById("components-reconnect-modal");
const is = state => modal.classList.contains(`components-reconnect-${state}`);

const retry = async () => {
  document.removeEventListener("visibilitychange", retryWhenVisible);
  try {
    if (!await Blazor.reconnect()) { location.reload(); }
  } catch {
    document.addEventListener("visibilitychange", retryWhenVisible);
  }
};

const retryWhenVisible = () => {
  if (document.visibilityState === "visible") { retry(); }
};

const follow = () => {
  if (is("rejected")) {
    location.reload();
  } else if (is("failed")) {
    document.addEventListener("visibilitychange", retryWhenVisible);
  }

  if ((is("show") || is("failed")) && !modal.open) { modal.showModal(); }
  if (is("hide") && modal.open) { modal.close(); }
};

new MutationObserver(follow).observe(modal, { attributes: true, attributeFilter: ["class"] });
modal.addEventListener("cancel", event => event.preventDefault());
modal.querySelector("button").addEventListener("click", retry);
