/** The input with this label, wherever it stands: in the page or in a dialog. */
export function fieldOf(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) =>
    textContent.trim().startsWith(label),
  );
  const field = found?.htmlFor
    ? document.getElementById(found.htmlFor)
    : found?.querySelector('input, select');
  return field as HTMLInputElement;
}

export function typeInto(label: string, value: string): void {
  fieldOf(label).value = value;
  fieldOf(label).dispatchEvent(new Event('input'));
}

/** As a person does; unlike a harness it does not wait for what the button has read. */
export function press(text: string): void {
  const buttons = [...document.querySelectorAll('button')];
  buttons.findLast(({ textContent }) => textContent.trim() === text)?.click();
}

export function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event('change'));
}
