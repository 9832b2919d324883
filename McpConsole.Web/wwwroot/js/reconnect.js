// Shows the state of the circuit's connection, tries again when the tab comes back, and reloads when the server has forgotten the circuit.
const modal = document.getElementById("components-reconnect-modal");

const retry = async () => {
  document.removeEventListener("visibilitychange", retryWhenVisible);
  try {
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) { location.reload(); }
  } catch {
    document.addEventListener("visibilitychange", retryWhenVisible);
  }
};

const resume = async () => {
  if (!await Blazor.resumeCircuit()) { location.reload(); }
};

const retryWhenVisible = () => {
  if (document.visibilityState === "visible") { retry(); }
};

modal.addEventListener("components-reconnect-state-changed", event => {
  switch (event.detail.state) {
    case "show": modal.showModal(); break;
    case "hide": modal.close(); break;
    case "failed": document.addEventListener("visibilitychange", retryWhenVisible); break;
    case "rejected": location.reload(); break;
  }
});

modal.addEventListener("click", event => {
  switch (event.target.closest("[data-reconnect]")?.dataset.reconnect) {
    case "retry": retry(); break;
    case "resume": resume(); break;
  }
});
