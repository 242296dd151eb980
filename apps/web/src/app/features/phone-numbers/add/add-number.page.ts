import { Component } from '@angular/core';

@Component({ selector: 'app-add-number', template: '<h1>Add Phone Number</h1>' })
export class AddNumberPage {}
