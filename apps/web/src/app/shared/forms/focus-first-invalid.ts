const SHOWS_AN_ERROR = ['input', 'select', 'textarea', '[tabindex]']
  .flatMap((element) => [`${element}.ng-invalid.ng-touched`, `${element}[aria-invalid='true']`])
  .join(', ');

/** Moves the focus to the first field that shows an error; false when there is none. Call it after rendering. */
export function focusFirstInvalid(host: HTMLElement): boolean {
  const field = host.querySelector<HTMLElement>(SHOWS_AN_ERROR);
  field?.focus();
  return field !== null;
}
