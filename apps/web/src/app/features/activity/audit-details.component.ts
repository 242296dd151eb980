import { Component, computed, inject, input, LOCALE_ID, type OnInit } from '@angular/core';
import type { AuditEntryResponse } from '@voxreach/contracts';
import { changesOf, REFERENCES } from './audit-changes';
import { ReferenceNames } from './reference-names';

/** What an entry says beyond its line: why it was refused, what was changed, and from where it came. */
@Component({
  selector: 'app-audit-details',
  template: `
    @if (entry().reason; as reason) {
      <p class="reason">{{ reason }}</p>
    }
    @if (changes().length > 0) {
      <dl class="changes" aria-label="What was changed">
        @for (change of changes(); track change.field) {
          <div>
            <dt>{{ change.field }}</dt>
            <dd>
              @if (change.before !== null) {
                <del><span class="visually-hidden">before: </span>{{ change.before }}</del>
              }
              @if (change.before !== null && change.after !== null) {
                <span aria-hidden="true"> → </span>
              }
              @if (change.after !== null) {
                <ins><span class="visually-hidden">after: </span>{{ change.after }}</ins>
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
          <dd>{{ fact.value }}</dd>
        </div>
      }
    </dl>
  `,
  styleUrl: './audit-details.component.scss',
})
export class AuditDetailsComponent implements OnInit {
  readonly entry = input.required<AuditEntryResponse>();

  private readonly names = inject(ReferenceNames);
  private readonly absolute = new Intl.DateTimeFormat(inject(LOCALE_ID), {
    dateStyle: 'long',
    timeStyle: 'medium',
  });
  protected readonly changes = computed(() => changesOf(this.entry(), this.names.of));
  protected readonly origin = computed(() => {
    const { createdAt, address, userAgent, requestId } = this.entry();
    return [
      { label: 'Time', value: this.absolute.format(new Date(createdAt)) },
      { label: 'Address', value: address },
      { label: 'Program', value: userAgent },
      { label: 'Reference', value: requestId },
    ].filter(({ value }) => value !== null);
  });

  ngOnInit(): void {
    const { before, after } = this.entry();
    if (REFERENCES.some((field) => before?.[field] || after?.[field])) this.names.read();
  }
}
