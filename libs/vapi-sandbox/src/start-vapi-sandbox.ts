import type { AddressInfo } from 'node:net';
import { Faults } from './http/faults';
import { RequestLog } from './http/request-log';
import { routesOf } from './http/routes';
import { buildServer } from './http/server';
import { Assistants } from './resources/assistants';
import { Credentials } from './resources/credentials';
import { PhoneNumbers } from './resources/phone-numbers';
import type { VapiSandbox, VapiSandboxOptions } from './sandbox.types';
import { OPERATOR_IDS, OPERATOR_NUMBER } from './store/operator';
import { Store } from './store/store';
import type { StoredPhoneNumber } from './store/stored.types';
import { sendWebhook } from './webhook/send-webhook';

/** Starts a local Vapi. Resolves once it listens. */
export async function startVapiSandbox(options: VapiSandboxOptions): Promise<VapiSandbox> {
  const { apiKey, port = 0, stateFile, activationMs = 4000, phoneNumberLimit = 5 } = options;
  const store = new Store(activationMs, stateFile);
  const faults = new Faults();
  const log = new RequestLog();
  const routes = [
    ...routesOf('/phone-number', new PhoneNumbers(store, activationMs, phoneNumberLimit)),
    ...routesOf('/credential', new Credentials(store)),
    ...routesOf('/assistant', new Assistants(store)),
  ];
  const app = buildServer({ apiKey, routes, faults, log });
  await app.listen({ host: '127.0.0.1', port });
  const { port: boundPort } = app.server.address() as AddressInfo;

  const existing = (id: string): StoredPhoneNumber => {
    const number = store.phoneNumbers.find(id);
    if (!number) throw new Error(`The sandbox holds no phone number ${id}`);
    return number;
  };

  return {
    url: `http://127.0.0.1:${boundPort}`,
    requests: log.entries,
    snapshot: () => store.state(),
    operatorIds: OPERATOR_IDS,
    operatorNumber: OPERATOR_NUMBER,
    inject: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    clearRequests: () => log.clear(),
    reset: () => {
      store.reset();
      faults.clear();
      log.clear();
    },
    patchPhoneNumber: (id, patch) => store.override(existing(id), patch),
    removePhoneNumber: (id) => store.phoneNumbers.remove(existing(id).id),
    sendWebhook: (phoneNumberId, message) => sendWebhook(store, phoneNumberId, message),
    close: () => app.close(),
  };
}
