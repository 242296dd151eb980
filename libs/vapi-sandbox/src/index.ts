export type { Fault } from './http/faults';
export type { RecordedRequest } from './http/request-log';
export type { VapiSandbox, VapiSandboxOptions } from './sandbox.types';
export { startVapiSandbox } from './start-vapi-sandbox';
export type { StoredAssistant, StoredCredential, StoredPhoneNumber } from './store/stored.types';
