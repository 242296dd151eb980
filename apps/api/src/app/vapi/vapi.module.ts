import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { VapiAssistants } from './vapi-assistants';
import { VapiCredentials } from './vapi-credentials';
import { VapiPhoneNumbers } from './vapi-phone-numbers';
import { VapiHttp } from './vapi.http';

/** The one place that knows Vapi's API. What it throws is always a VapiError. */
@Module({
  imports: [
    HttpModule.register({
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
    }),
  ],
  providers: [VapiHttp, VapiPhoneNumbers, VapiCredentials, VapiAssistants],
  exports: [VapiPhoneNumbers, VapiCredentials, VapiAssistants],
})
export class VapiModule {}
