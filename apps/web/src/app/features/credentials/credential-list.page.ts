import { Component } from '@angular/core';
@Component({ selector: 'app-credential-list', template: '' })
export class CredentialListPage {}
