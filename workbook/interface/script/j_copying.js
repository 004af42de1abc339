// Lines that are copied with one press: the text stands right before its button. Where the
// browser does not let us, the text is selected, so that the visitor's own keys copy it.

const copyLines = async (button) => {
  const lines = button.parentElement.querySelector("pre");
  const told = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(lines.textContent);
    told.textContent = button.dataset.wbCopied;
  } catch {
    getSelection().selectAllChildren(lines);
    told.textContent = button.dataset.wbSelected;
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-wb-copy]");
  if (button) copyLines(button);
});
