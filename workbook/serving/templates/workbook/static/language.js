/* Whoever switches the language keeps what stands behind the # sign, such as the key of a plan. */
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[hreflang]");
  if (link && location.hash) link.hash = location.hash;
}, { capture: true });
