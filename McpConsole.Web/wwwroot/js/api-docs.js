// The page «API» calls with the sign-in cookie: what changes something carries the antiforgery token too.
(() => {
  const harmless = ["GET", "HEAD"];
  const original = window.fetch;
  const token = async () => {
    await original("/api/antiforgery", { credentials: "same-origin" });
    const entry = document.cookie.split("; ").find(cookie => cookie.startsWith("XSRF-TOKEN="));
    return entry ? decodeURIComponent(entry.substring("XSRF-TOKEN=".length)) : "";
  };

  window.fetch = async (input, init = {}) => {
    const request = new Request(input, init);
    if (harmless.includes(request.method) || request.headers.has("Authorization") || new URL(request.url).origin !== location.origin) {
      return original(request);
    }

    request.headers.set("X-XSRF-TOKEN", await token());
    return original(request);
  };

  // The page draws its choice of servers without a name for screen readers, and draws it again at will.
  new MutationObserver(() => document.getElementById("servers")?.setAttribute("aria-label", "Server"))
    .observe(document, { childList: true, subtree: true });
})();
