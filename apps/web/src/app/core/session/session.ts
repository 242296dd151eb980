import { HttpErrorResponse } from '@angular/common/http';
import { computed, DOCUMENT, inject, Service, signal } from '@angular/core';
import type {
  AcceptInvitationBody,
  Features,
  LoginBody,
  MeResponse,
  RegisterBody,
  SessionResponse,
} from '@voxreach/contracts';
import { firstValueFrom, type Observable } from 'rxjs';
import { Presence } from './presence';
import { withRefreshLock } from './refresh-lock';
import { SessionApi } from './session.api';
import { SessionChannel } from './session-channel';

const NO_FEATURES: Features = { vapiNumbers: false };

const isRefused = (error: unknown): boolean =>
  error instanceof HttpErrorResponse && error.status >= 400 && error.status < 500 && error.status !== 429;

/** Set by the API beside the refresh cookie, which no script can see: without it there is no session to ask for. */
const SIGNED_IN_COOKIE = 'voxreach_signed_in';

/** Seconds before a token expires at which it is renewed. */
const RENEWED_BEFORE_S = 60;

const identityOf = ({ organization, user }: SessionResponse): string => `${organization.id} ${user.id}`;

/**
 * Who is signed in. The access token lives in this object only: a reload gets a new one with the HttpOnly
 * refresh cookie, so nothing that a script could steal is ever stored.
 */
@Service()
export class Session {
  private readonly api = inject(SessionApi);
  private readonly channel = inject(SessionChannel);
  private readonly presence = inject(Presence);
  private readonly document = inject(DOCUMENT);
  private readonly location = this.document.location;
  private readonly current = signal<SessionResponse | null>(null);
  private readonly about = signal<MeResponse | null>(null);
  /** Milliseconds since 1970. */
  private renewedAt = 0;
  private nextRenewal?: ReturnType<typeof setTimeout>;
  private restoring?: Promise<void>;
  private renewing?: Promise<string | null>;

  readonly user = computed(() => this.current()?.user ?? null);
  readonly organization = computed(() => this.current()?.organization ?? null);
  readonly accessToken = computed(() => this.current()?.accessToken ?? null);
  readonly isSignedIn = computed(() => this.current() !== null);
  /** The person in the organisation; null when nobody is signed in. */
  readonly identity = computed(() => {
    const session = this.current();
    return session && identityOf(session);
  });
  /** What this installation offers; nothing until the API has said so. */
  readonly features = computed(() => this.about()?.features ?? NO_FEATURES);
  /** All that the person belongs to. */
  readonly organizations = computed(() => this.about()?.organizations ?? []);
  readonly hasSecondFactor = computed(() => this.about()?.hasSecondFactor ?? false);
  /** The organisation requires one, and until it is set up nothing else is open. */
  readonly needsSecondFactor = computed(() => this.about()?.needsSecondFactor ?? false);

  /** Security notices that the person has not seen. */
  readonly newSecurityNotices = computed(() => this.about()?.newSecurityNotices ?? 0);

  constructor() {
    // A page that goes on showing another person's or organisation's data would be untrue.
    this.channel.onChange((identity) => {
      if (identity !== this.identity()) this.location.reload();
    });
  }

  /** Once after the page has loaded: picks the session up again. Rejects when there is no answer. */
  restore(): Promise<void> {
    this.restoring ??= this.renew(null).then(
      () => undefined,
      (error: unknown) => {
        this.restoring = undefined;
        throw error;
      },
    );
    return this.restoring;
  }

  signIn(body: LoginBody): Promise<void> {
    return this.begin(this.api.login(body));
  }

  signUp(body: RegisterBody): Promise<void> {
    return this.begin(this.api.register(body));
  }

  acceptInvitation(body: AcceptInvitationBody): Promise<void> {
    return this.begin(this.api.acceptInvitation(body));
  }

  /** Leaves by loading the page anew, which takes everything that was read out of memory. */
  async signOut(): Promise<void> {
    await firstValueFrom(this.api.logout(), { defaultValue: undefined });
    this.channel.announce(null);
    this.location.assign('/sign-in');
  }

  /** Goes over to another organisation of the person, with a page that has nothing of this one in memory. */
  async switchTo(organizationId: string): Promise<void> {
    this.channel.announce(identityOf(await firstValueFrom(this.api.switch({ organizationId }))));
    this.location.assign('/numbers');
  }

  /** After the person has left the organisation: goes on in another one of theirs, or ends at the sign-in page. */
  startOver(): void {
    this.channel.announce(null);
    this.location.assign('/numbers');
  }

  /** Reads anew what can change while somebody is signed in: names, role, organisations, second factor. */
  refreshDetails(): void {
    this.api.me().subscribe({
      next: (about) => {
        this.about.set(about);
        const { user, organization } = about;
        this.current.update((session) => session && { ...session, user, organization });
      },
      // Without an answer nothing is offered; the next start of the page asks again.
      error: () => undefined,
    });
  }

  /**
   * A token that is newer than `spent`, or null when the session is over. Requests that are refused at the same
   * time share one refresh. Rejects, and stays signed in, when the API does not answer.
   */
  renew(spent: string | null): Promise<string | null> {
    const token = this.accessToken();
    if (token !== null && token !== spent) return Promise.resolve(token);
    this.renewing ??= this.refresh().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  /** The same once somebody has used the page since the last time: one that is left alone asks for this and that, and is signed out all the same. */
  async renewWhenUsed(spent: string | null): Promise<string | null> {
    if (this.accessToken() === spent) await this.presence.whenUsedSince(this.renewedAt);
    return this.renew(spent);
  }

  /** Before the token expires: a session goes on for whoever uses the page, also where it asks for nothing. */
  private renewInTime({ accessToken, expiresIn }: SessionResponse): void {
    clearTimeout(this.nextRenewal);
    const wait = (expiresIn - RENEWED_BEFORE_S) * 1_000;
    // Without an answer the next request asks again.
    this.nextRenewal = setTimeout(() => void this.renewWhenUsed(accessToken).catch(() => null), wait);
  }

  private async refresh(): Promise<string | null> {
    const before = this.identity();
    if (before === null && !this.mayBeSignedIn()) return null;
    try {
      const token = this.accept(await withRefreshLock(() => firstValueFrom(this.api.refresh())));
      // Removed from the organisation meanwhile: the session goes on in another one, and the page must not mix the two.
      if (before !== null && before !== this.identity()) this.location.assign('/numbers');
      return token;
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.document.cookie = `${SIGNED_IN_COOKIE}=; Max-Age=0; Path=/; SameSite=Strict`;
      this.current.set(null);
      return null;
    }
  }

  private mayBeSignedIn(): boolean {
    return this.document.cookie.split('; ').some((cookie) => cookie.startsWith(`${SIGNED_IN_COOKIE}=`));
  }

  private async begin(request: Observable<SessionResponse>): Promise<void> {
    this.accept(await firstValueFrom(request));
    this.restoring = Promise.resolve();
    this.channel.announce(this.identity());
  }

  private accept(session: SessionResponse): string {
    const isAnother = this.identity() !== identityOf(session);
    this.current.set(session);
    this.renewedAt = Date.now();
    this.renewInTime(session);
    if (isAnother) this.refreshDetails();
    return session.accessToken;
  }
}
