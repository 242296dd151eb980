import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, ErrorHandler, inject } from '@angular/core';
import {
  provideRouter,
  RedirectCommand,
  Router,
  TitleStrategy,
  withComponentInputBinding,
  withDisabledInitialNavigation,
  withInMemoryScrolling,
  withNavigationErrorHandler,
  withPreloading,
} from '@angular/router';
import { routes } from './app.routes';
import { provideTranslations } from './core/i18n/provide-translations';
import { IdlePreloading } from './core/idle-preloading';
import { PageTitle } from './core/page-title';
import { secondFactorInterceptor } from './core/session/second-factor.interceptor';
import { sessionInterceptor } from './core/session/session.interceptor';
import { stepUpInterceptor } from './core/session/step-up.interceptor';

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(
      routes,
      withComponentInputBinding(),
      // The program begins it.
      withDisabledInitialNavigation(),
      withPreloading(IdlePreloading),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      // The session could not be asked for, or a part of the application could not be loaded. The address stays.
      withNavigationErrorHandler(({ url, error }) => {
        inject(ErrorHandler).handleError(error);
        return new RedirectCommand(inject(Router).parseUrl('/unavailable'), { browserUrl: url });
      }),
    ),
    provideTranslations(),
    provideHttpClient(withInterceptors([stepUpInterceptor, secondFactorInterceptor, sessionInterceptor])),
    { provide: TitleStrategy, useExisting: PageTitle },
  ],
};
