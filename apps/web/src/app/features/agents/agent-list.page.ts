import { Component } from '@angular/core';
@Component({ selector: 'app-agent-list', template: '' })
export class AgentListPage {}
