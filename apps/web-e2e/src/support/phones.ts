/** A number as it is sent and as it is shown. */
export interface Phone {
  e164: string;
  shown: string;
}

/** Three digits that can begin a North American number. 911 and its like are no area codes. */
const AREAS = Array.from({ length: 780 }, (_, index) => index + 201).filter((area) => area % 100 !== 11);
const PER_AREA = 100;
const PER_WORKER = 1_000;

const phone = (area: number, line: string): Phone => ({
  e164: `+1${area}555${line}`,
  shown: `+1 ${area}-555-${line}`,
});

/**
 * Numbers out of the range that is kept free for fiction (555-0100 to 555-0199), each given once in a run: all tests
 * share the one account of the sandbox, which refuses a number that it has.
 */
export class Phones {
  private given = 0;

  constructor(private readonly workerIndex: number) {}

  next(): Phone {
    const index = this.workerIndex * PER_WORKER + this.given++;
    const area = AREAS[Math.floor(index / PER_AREA) % AREAS.length] ?? 201;
    return phone(area, `01${String(index % PER_AREA).padStart(2, '0')}`);
  }

  /** One that the sandbox's carriers do not find in the customer's account. */
  foreign(): Phone {
    return phone(AREAS[this.given++ % AREAS.length] ?? 201, '0404');
  }
}
