import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import type { InvitationResponse, MemberResponse, Role } from '@voxreach/contracts';
import { aProblem } from '../../../testing/builders';
import { choose, fieldOf, press, typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { MembersPage } from './members.page';

const ROUTES = [{ path: 'members', component: MembersPage }];
const TIME = '2026-01-05T10:00:00.000Z';

const aMember = (name: string, role: Role, userId: string = crypto.randomUUID()): MemberResponse => ({
  userId,
  name,
  email: `${name.toLowerCase()}@acme.example`,
  role,
  hasSecondFactor: false,
  joinedAt: TIME,
});
const invitation: InvitationResponse = {
  id: crypto.randomUUID(),
  email: 'vera@example.com',
  role: 'viewer',
  invitedBy: 'Dana',
  createdAt: TIME,
  expiresAt: '2126-01-05T10:00:00.000Z',
};
const dana = aMember('Dana', 'owner', 'user');
const olga = aMember('Olga', 'owner');
const mia = aMember('Mia', 'member');

async function openAs(role: Role, members = [{ ...dana, role }, olga, mia]) {
  const page = await openPage(ROUTES, '/members', { role });
  await page.drawn();
  page.server.expectOne({ method: 'GET', url: '/api/members' }).flush({ items: members });
  for (const request of page.server.match('/api/invitations')) request.flush({ items: [invitation] });
  await page.drawn();
  const named = <T extends HTMLElement>(name: string) =>
    page.element.querySelector<T>(`[aria-label="${name}"]`);
  const confirm = async (text: string) => {
    const dialog = await page.loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text }))).click();
  };
  return { ...page, named, confirm };
}

describe('The members of an organisation', () => {
  it('have roles that an owner can change', async () => {
    const { server, loader, named, drawn } = await openAs('owner');
    const select = named<HTMLSelectElement>('Role of Mia') as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual(['Owner', 'Admin', 'Member', 'Viewer']);
    choose(select, 'admin');
    const change = server.expectOne({ method: 'PATCH', url: `/api/members/${mia.userId}` });
    expect(change.request.body).toEqual({ role: 'admin' });
    expect(select.value).toBe('member');
    change.flush({ ...mia, role: 'admin' });
    await drawn();
    server.expectOne({ method: 'GET', url: '/api/members' }).flush({ items: [{ ...mia, role: 'admin' }] });

    expect(await (await loader.getHarness(MatSnackBarHarness)).getMessage()).toBe('Mia is an admin now.');
    expect(named<HTMLSelectElement>('Role of Mia')?.value).toBe('admin');
  });

  it('cannot be made owners, nor owners changed, by an admin', async () => {
    const { named } = await openAs('admin');

    expect(named('Role of Olga')).toBeNull();
    expect(named('Remove Olga')).toBeNull();
    const select = named<HTMLSelectElement>('Role of Mia') as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual(['Admin', 'Member', 'Viewer']);
  });

  it('are only read by a viewer, who can leave', async () => {
    const { element, named, loader, server } = await openAs('viewer');

    expect(element.querySelectorAll('select')).toHaveLength(0);
    expect(named('Remove Mia')).toBeNull();
    expect(element.textContent).not.toContain('vera@example.com');
    server.expectNone('/api/invitations');
    const buttons = await loader.getAllHarnesses(MatButtonHarness);
    expect(await Promise.all(buttons.map((button) => button.getText()))).toEqual(['Leave']);
  });

  it('always have an owner: the only one is not offered to leave', async () => {
    const { element } = await openAs('owner', [dana, mia]);

    expect(element.textContent).toContain('Only owner');
    expect(element.textContent).not.toContain('Leave');
  });

  it('are removed after a question, and the reason is said when they cannot be', async () => {
    const { server, named, loader, confirm, drawn } = await openAs('owner');
    named('Remove Olga')?.click();
    await drawn();
    await confirm('Remove member');
    const { body, options } = aProblem(409, 'CONFLICT', 'This is the only owner.');
    server.expectOne({ method: 'DELETE', url: `/api/members/${olga.userId}` }).flush(body, options);
    await drawn();

    expect(await (await loader.getHarness(MatDialogHarness)).getText()).toContain('This is the only owner.');
  });
});

describe('Inviting a person', () => {
  it('shows the link once, to be copied', async () => {
    const { server, loader, drawn } = await openAs('owner');
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Invite somebody' }))).click();
    await drawn();
    typeInto('Email', 'tom@example.com');
    choose(fieldOf('Role') as unknown as HTMLSelectElement, 'viewer');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Create invitation' }))).click();
    const made = server.expectOne({ method: 'POST', url: '/api/invitations' });
    expect(made.request.body).toEqual({ email: 'tom@example.com', role: 'viewer' });
    const link = 'https://voxreach.example/invitation#token';
    made.flush({ ...invitation, email: 'tom@example.com', link });
    await drawn();
    expect(await dialog.getText()).toContain(link);
    expect(await dialog.getText()).toContain('VoxReach does not send it');

    press('Done');
    await drawn();
    expect(document.body.innerHTML).not.toContain(link);
    server.expectOne({ method: 'GET', url: '/api/invitations' });
  });

  it('can be withdrawn while nobody has accepted', async () => {
    const { server, named, confirm, drawn } = await openAs('owner');
    named('Withdraw the invitation of vera@example.com')?.click();
    await drawn();
    await confirm('Withdraw invitation');

    server.expectOne({ method: 'DELETE', url: `/api/invitations/${invitation.id}` });
  });
});
