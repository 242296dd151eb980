import { inject, Service } from '@angular/core';
import { firstValueFrom, type Observable } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../core/api-problem';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { Announcer } from './announcer';

/** Settles what needs attention, and says what came of it. */
@Service()
export class Settling {
  private readonly announcer = inject(Announcer);

  /**
   * `request` answers with what was settled, or with null when settling it was its end; `done` is told which. Resolves with null
   * when that succeeded, else with why not.
   */
  async run<Settled>(
    title: string,
    request: Observable<Settled | null>,
    done: (settled: Settled | null) => void,
  ): Promise<ApiProblem | null> {
    const finish = (settled: Settled | null, words: Sentence) => {
      done(settled);
      this.announcer.done(t(words, { title }));
      return null;
    };
    const cleanedUp = () => finish(null, '{title} was cleaned up: it is no longer in VoxReach.');
    try {
      const settled = await firstValueFrom(request);
      return settled === null ? cleanedUp() : finish(settled, '{title} is settled.');
    } catch (error) {
      const problem = toApiProblem(error);
      // It was settled in the background meanwhile.
      if (problem.code === 'NOT_FOUND') return cleanedUp();
      if (problem.code === 'CONFLICT') this.announcer.failed(problem);
      return problem;
    }
  }
}
