import { TestBed } from '@angular/core/testing';
import { LanguageChoice } from './language-choice';
import { provideTranslations } from './provide-translations';
import { said } from './translate';

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideTranslations()] });
  await TestBed.inject(LanguageChoice).choose('de');
});

describe('What the API says', () => {
  test('is translated sentence by sentence', () => {
    expect(
      said('The voice platform cannot be reached at the moment. Nothing was added. Try again in a moment.'),
    ).toBe(
      'Die Sprachplattform ist im Moment nicht erreichbar. Es wurde nichts hinzugefügt. Versuchen Sie es gleich noch einmal.',
    );
  });

  test('keeps the names in it, also where they look like words', () => {
    expect(
      said(
        'This agent is used by phone numbers: Agent, Save, Cancel and others. Remove or change them first.',
      ),
    ).toBe(
      'Dieser Agent wird von Telefonnummern verwendet: Agent, Save, Cancel und weiteren. Entfernen oder ändern Sie diese zuerst.',
    );
  });

  test('is translated around what a carrier has answered', () => {
    const known =
      'This number is not in the Vonage account. Check the number and the account, or buy the number there first.';
    expect(said(`${known} (Answer of Vapi: Couldn't Update Vonage Number. Error: 404.)`)).toBe(
      "Diese Nummer ist nicht im Vonage-Konto. Prüfen Sie Nummer und Konto, oder kaufen Sie die Nummer zuerst dort. (Antwort von Vapi: Couldn't Update Vonage Number. Error: 404.)",
    );
    expect(said('Vapi did not remove this number: Something new.')).toBe(
      'Vapi hat diese Nummer nicht entfernt: Something new.',
    );
  });

  test('stays as it is when nobody knows it', () => {
    // The second would fit a label with gaps: “Copy {what}”.
    for (const words of ['Something new went wrong.', 'Copy of the number on another account. Error 21608'])
      expect(said(words)).toBe(words);
  });

  test("keeps a carrier's own words whole in their brackets", () => {
    const known = 'Vapi could not set up this gateway, or another one of the trunk.';
    expect(said(`${known} (Answer of Vapi: No. Nothing was changed.)`)).toBe(
      'Vapi konnte dieses Gateway oder ein anderes des Trunks nicht einrichten. (Antwort von Vapi: No. Nothing was changed.)',
    );
  });

  test('is not taken for a sentence that consists of little more than gaps', () => {
    expect(said('Call the carrier, or wait.')).toBe('Call the carrier, or wait.');
  });
});
