import { Component } from '@angular/core';
@Component({ selector: 'app-number-detail', template: '' })
export class NumberDetailPage {}
