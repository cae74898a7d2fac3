const TYPED_IN = [
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=range], [type=file])",
  "textarea",
  "select",
  "[contenteditable]:not([contenteditable=false])",
  "[role=textbox], [role=combobox], [role=listbox], [role=menu], [role=dialog], [role=alertdialog]",
].join();
const PRESSED = "a[href], button, summary, input, [role=button], [role=checkbox], [role=switch], [role=tab]";
const ARROWED = "input, [role=radio], [role=slider], [role=tab], [role=spinbutton]";

/** Whether the key belongs to what has the focus: a text field, a dialog, a list, a button that Space presses. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (document.querySelector("[aria-modal=true]")) return true;
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPED_IN)) return true;
  if (event.key === " " || event.key === "Enter") return target.closest(PRESSED) !== null;
  return event.key.startsWith("Arrow") && target.closest(ARROWED) !== null;
}
