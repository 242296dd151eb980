import { DOCUMENT, inject, Service } from '@angular/core';

/** Hands a text to the browser as a file to be saved. */
@Service()
export class SaveFile {
  private readonly document = inject(DOCUMENT);

  save(name: string, type: string, text: string): void {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = this.document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The browser has taken it over by the next turn.
    setTimeout(() => URL.revokeObjectURL(url));
  }
}
