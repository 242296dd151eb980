import type { Features } from '@voxreach/contracts';
import {
  PROVIDER_CARDS,
  PROVIDER_IDS,
  type ProviderCard,
  type ProviderId,
} from '@voxreach/contracts/vocabulary';
import type { Sentence } from '../../../core/i18n/sentences';

type Situation = ProviderCard['situation'];

interface OfferedProvider extends ProviderCard {
  id: ProviderId;
}

export interface ProviderGroup {
  situation: Situation;
  title: Sentence;
  providers: OfferedProvider[];
}

const TITLES: Record<Situation, Sentence> = {
  carrier: 'I have an account at a carrier',
  trunk: 'I have my own SIP trunk or PBX',
  test: 'I want to try it first',
};

/** People know their situation better than the technology, so that is what they choose by. */
export function providerGroups({ vapiNumbers }: Features): ProviderGroup[] {
  const providers = PROVIDER_IDS.map((id): OfferedProvider => ({ id, ...PROVIDER_CARDS[id] })).filter(
    ({ onlyIfAllowed }) => !onlyIfAllowed || vapiNumbers,
  );
  const situations = [...new Set(providers.map(({ situation }) => situation))];
  return situations.map((situation) => ({
    situation,
    title: TITLES[situation],
    providers: providers.filter((provider) => provider.situation === situation),
  }));
}
