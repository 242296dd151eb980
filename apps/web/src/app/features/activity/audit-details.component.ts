import { Component, computed, inject, input, type OnInit } from '@angular/core';
import type { AuditEntryResponse } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { knownBrowser } from '../../shared/ui/browser-words';
import { timeToTheSecond } from '../../shared/ui/relative-time';
import { changesOf, REFERENCES } from './audit-changes';
import { ReferenceNames } from './reference-names';

interface Fact {
  label: string;
  value: string | null;
  /** Words of the dashboard, which run as the page does, whatever they begin with. */
  isOurs?: boolean;
}

/** What an entry says beyond its line: why it was refused, what was changed, and from where it came. */
@Component({
  selector: 'app-audit-details',
  imports: [SaidPipe, TranslatePipe],
  template: `
    @if (entry().reason; as reason) {
      <p class="reason">{{ reason | said }}</p>
    }
    @if (changes().length > 0) {
      <dl class="changes" [attr.aria-label]="'What was changed' | t">
        @for (change of changes(); track change.field) {
          <div>
            <dt>{{ change.field }}</dt>
            <dd>
              @if (change.before !== null) {
                <del
                  ><span class="visually-hidden">{{ 'before:' | t }} </span
                  ><bdi>{{ change.before }}</bdi></del
                >
              }
              @if (change.before !== null && change.after !== null) {
                <span class="arrow" aria-hidden="true"> → </span>
              }
              @if (change.after !== null) {
                <ins
                  ><span class="visually-hidden">{{ 'after:' | t }} </span><bdi>{{ change.after }}</bdi></ins
                >
              }
            </dd>
          </div>
        }
      </dl>
    }
    <dl class="origin">
      @for (fact of origin(); track fact.label) {
        <div>
          <dt>{{ fact.label }}</dt>
          <dd>
            @if (fact.isOurs) {
              {{ fact.value }}
            } @else {
              <bdi>{{ fact.value }}</bdi>
            }
          </dd>
        </div>
      }
    </dl>
  `,
  styleUrl: './audit-details.component.scss',
})
export class AuditDetailsComponent implements OnInit {
  readonly entry = input.required<AuditEntryResponse>();

  private readonly names = inject(ReferenceNames);
  protected readonly changes = computed(() => changesOf(this.entry(), this.names.of));
  protected readonly origin = computed(() => {
    const { createdAt, address, userAgent, requestId } = this.entry();
    const browser = userAgent === null ? undefined : knownBrowser(userAgent);
    const facts: Fact[] = [
      { label: t('Time'), value: timeToTheSecond(createdAt), isOurs: true },
      { label: t('IP address'), value: address },
      { label: t('Program'), value: browser ?? userAgent, isOurs: browser !== undefined },
      { label: t('Reference for support'), value: requestId },
    ];
    return facts.filter(({ value }) => value !== null);
  });

  ngOnInit(): void {
    const { before, after } = this.entry();
    if (REFERENCES.some((field) => before?.[field] || after?.[field])) this.names.read();
  }
}
