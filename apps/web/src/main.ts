import { bootstrapApplication } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { AppComponent } from './app/app.component';
import { appConfig } from './app/app.config';

// Reading the program keeps a slow device busy; what follows is a task of its own.
setTimeout(() => {
  bootstrapApplication(AppComponent, appConfig)
    // And so is finding the page.
    .then(({ injector }) => setTimeout(() => injector.get(Router).initialNavigation()))
    .catch((error: unknown) => console.error(error));
});
