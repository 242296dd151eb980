import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from './support/server';
import { expect, test as base } from './support/test';

interface OwnServer {
  url: string;
  /** Ctrl+C, then the same command again. */
  restart: () => Promise<void>;
}

/** Twice a server starts, the first time with a database to be made. */
base.describe.configure({ timeout: 180_000 });

/** Each test of this file has a server of its own, which all its pages and requests go to. */
const test = base.extend<{ ownServer: OwnServer }>({
  ownServer: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'voxreach-restart-'));
    let server = await Server.start(dataDir, 0);
    await use({
      url: server.url,
      restart: async () => {
        expect([0, 'SIGINT']).toContain(await server.interrupt());
        server = await Server.start(dataDir, server.port);
      },
    });
    server.kill();
    await rm(dataDir, { recursive: true, force: true });
  },
  baseURL: async ({ ownServer }, use) => use(ownServer.url),
});

test('a number is still there after the server was stopped and started again', async ({
  page,
  account,
  ownServer,
  addNumber,
  numberList,
  phone,
  secret,
}) => {
  await account.api.addAgent({ name: 'Front desk' });
  const number = phone();
  await addNumber.open();
  await addNumber.choose('Telnyx');
  await addNumber.fill({ 'API Key': secret('key'), 'Phone number': number.e164 });
  await addNumber.continueToAgent();
  await addNumber.assign('Front desk');
  await addNumber.submit();
  await addNumber.isAdded(number.shown);

  // An open page would ask in vain, and say so in the console.
  await page.goto('about:blank');
  await ownServer.restart();

  await numberList.open();
  await numberList.shows(number.shown);
  await expect(page.getByRole('banner')).toContainText(account.email);
  await expect(numberList.agentOf(number.shown)).toHaveText('Front desk');
  await expect(numberList.row(number.shown).getByText('Active', { exact: true })).toBeVisible({
    timeout: 30_000,
  });
});
