import { Component, computed, input } from '@angular/core';

/** An address that breaks before its @ where it does not fit into one line. */
@Component({
  selector: 'app-email',
  template: `<bdi dir="ltr">{{ parts().name }}<wbr />{{ parts().domain }}</bdi>`,
})
export class EmailComponent {
  readonly address = input.required<string>();

  protected readonly parts = computed(() => {
    const at = this.address().lastIndexOf('@');
    return { name: this.address().slice(0, at), domain: this.address().slice(at) };
  });
}
