const SHOWS_AN_ERROR = ['input', 'select', 'textarea', '[tabindex]']
  .flatMap((element) => [`${element}.ng-invalid.ng-touched`, `${element}[aria-invalid='true']`])
  .join(', ');

/** Moves the focus to the first field that shows an error, opening what it is folded in; false when there is none. Call it after rendering. */
export function focusFirstInvalid(host: HTMLElement): boolean {
  const field = host.querySelector<HTMLElement>(SHOWS_AN_ERROR);
  for (let fold = closedAround(field); fold !== null; fold = closedAround(field)) fold.open = true;
  field?.focus();
  return field !== null;
}

const closedAround = (field: HTMLElement | null): HTMLDetailsElement | null =>
  field?.closest<HTMLDetailsElement>('details:not([open])') ?? null;
