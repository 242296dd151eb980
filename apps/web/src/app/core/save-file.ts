import { DOCUMENT, inject, Service } from '@angular/core';

/** Spreadsheets take a file for UTF-8 only with this in front. */
const BYTE_ORDER_MARK = '\ufeff';

/** Hands a text to the browser as a file to be saved. */
@Service()
export class SaveFile {
  private readonly document = inject(DOCUMENT);

  /** A CSV file, named after what is in it and today. */
  saveCsv(what: string, csv: string): void {
    const today = new Date().toISOString().slice(0, 10);
    this.save(`${what}-${today}.csv`, 'text/csv', BYTE_ORDER_MARK + csv);
  }

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
