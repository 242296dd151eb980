import { type AnyProviderDescriptor, type Features, PROVIDER_IDS, PROVIDERS } from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';

type Situation = AnyProviderDescriptor['situation'];

export interface ProviderGroup {
  situation: Situation;
  title: Sentence;
  providers: AnyProviderDescriptor[];
}

const TITLES: Record<Situation, Sentence> = {
  carrier: 'I have an account at a carrier',
  trunk: 'I have my own SIP trunk or PBX',
  test: 'I want to try it first',
};

/** People know their situation better than the technology, so that is what they choose by. */
export function providerGroups({ vapiNumbers }: Features): ProviderGroup[] {
  const providers = PROVIDER_IDS.map((id) => PROVIDERS[id]).filter(
    ({ onlyIfAllowed }) => !onlyIfAllowed || vapiNumbers,
  );
  const situations = [...new Set(providers.map(({ situation }) => situation))];
  return situations.map((situation) => ({
    situation,
    title: TITLES[situation],
    providers: providers.filter((provider) => provider.situation === situation),
  }));
}
