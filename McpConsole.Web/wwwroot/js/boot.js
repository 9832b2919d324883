// Before the first paint: the chosen theme. «auto» follows the system.
(() => {
  const apply = () => {
    const choice = localStorage.getItem("theme") ?? "auto";
    const dark = choice === "dark" || (choice === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.dataset.themeChoice = choice;
  };

  apply();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);

  const setTheme = choice => {
    localStorage.setItem("theme", choice);
    apply();
  };

  // ASP.NET Core's culture cookie; the reload lets the server choose the language again.
  const setCulture = culture => {
    document.cookie = `.AspNetCore.Culture=${encodeURIComponent(`c=${culture}|uic=${culture}`)};path=/;max-age=31536000;samesite=lax`;
    location.reload();
  };

  const copy = async button => {
    const text = button.dataset.copy;
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
    } else {
      // No clipboard outside secure contexts, for example on http://HOST of the local network.
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }

    button.classList.add("copied");
    const label = button.querySelector("[data-copy-text]");
    const before = label?.dataset.before ?? label?.textContent;
    if (label) {
      label.dataset.before = before;
      label.textContent = button.dataset.copied;
    }

    setTimeout(() => {
      button.classList.remove("copied");
      if (label) { label.textContent = before; }
    }, 1600);
  };

  document.addEventListener("click", event => {
    const find = selector => event.target.closest(selector);
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target) || find("[data-menu-close], .menu-item")) { menu.open = false; }
    }

    const theme = find("[data-theme-choice]");
    const culture = find("[data-culture]");
    const copying = find("[data-copy]");
    if (theme && theme !== document.documentElement) { setTheme(theme.dataset.themeChoice); }
    if (culture) { setCulture(culture.dataset.culture); }
    if (copying) { copy(copying); }
  });

  document.addEventListener("keydown", event => {
    const menu = document.querySelector("details[data-menu][open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  window.mcpConsole = { timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone };
})();
