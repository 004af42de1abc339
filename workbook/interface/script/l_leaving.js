// Leaving at once: what was typed goes out in the same moment. The line is cut with the page, and
// may carry it no more; so it goes with the farewell as well, which the browser carries to its end.

const watchLeaving = (desk) => {
  const { signal } = desk.over;
  const leave = () => {
    for (const leaf of desk.leaves.values()) if (leaf.timer) leaf.commit();
  };
  const unsaved = () => [...desk.unsaved.values()].map((answer) => ({ ...answer, again: true }));
  // what went out on a line that was dead already may never have arrived
  const sendAgain = () => unsaved().forEach((answer) => desk.tell(answer));
  window.addEventListener("workbook:connected", sendAgain, { signal });
  window.addEventListener("pagehide", leave, { signal });
  window.addEventListener("beforeunload", leave, { capture: true, signal });
  window.addEventListener("workbook:before-reload", leave, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && leave(), { signal });
  window.addEventListener("workbook:farewell", ({ detail }) => {
    leave();
    const messages = unsaved();
    if (messages.length) detail.unsaved = JSON.stringify({ model: desk.model.get("page"), messages });
  }, { signal });
};
