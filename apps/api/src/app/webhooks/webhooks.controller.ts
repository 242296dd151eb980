import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/route-access';
import { Unlimited } from '../access/unlimited';
import { JsonObjectPipe } from '../common/json-object.pipe';
import { WebhooksService } from './webhooks.service';

@ApiTags('Webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  /** Vapi's events, let in by `refuseStrangers`. Types that need no answer, unknown ones among them, are answered with an empty object. */
  @Public()
  @Unlimited()
  @Post('vapi')
  @HttpCode(200)
  @ApiHeader({ name: 'X-Vapi-Secret', required: true })
  @ApiOkResponse({ schema: { type: 'object' } })
  receive(@Body(JsonObjectPipe) body: { message?: unknown }): Promise<object> {
    return this.webhooks.receive(body.message);
  }
}
