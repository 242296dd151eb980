import { bootstrapApplication } from '@angular/platform-browser';
import { AppComponent } from './app/app.component';
import { appConfig } from './app/app.config';

// Reading the program keeps a slow device busy; what follows is a task of its own.
setTimeout(() => {
  bootstrapApplication(AppComponent, appConfig).catch((error: unknown) => console.error(error));
});
