const isShortcut = event => event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;

export function attach(dialog) {
  const input = dialog.querySelector("input");
  const open = () => {
    if (dialog.open) { return; }
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true })); // asks for the first list
    dialog.showModal();
    input.focus();
  };

  document.addEventListener("keydown", event => {
    if (!dialog.isConnected) { return; }
    if (isShortcut(event)) {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", event => {
    if (!dialog.isConnected) { return; }
    if (event.target.closest("[data-open-palette]")) { open(); }
    if (event.target === dialog) { dialog.close(); }
  });
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); }
  });
  new MutationObserver(() => dialog.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }))
    .observe(dialog, { subtree: true, attributes: true, attributeFilter: ["aria-selected"] });
}

export function close(dialog) {
  dialog.close();
}
