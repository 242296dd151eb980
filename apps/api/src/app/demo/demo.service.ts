import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service';
import { AuthService } from '../auth/auth.service';
import { PrismaService } from '../prisma/prisma.service';
import { asIdentity, inOrganization } from '../prisma/scope';

/** The login of the demo organisation, which exists only with the sandbox. */
export const DEMO_LOGIN = { email: 'demo@voxreach.example', password: 'voxreach-demo' };

const AGENTS = [
  {
    name: 'Front desk',
    firstMessage: 'Hello, this is the front desk. How can I help?',
    systemPrompt:
      'You answer the phone of a company. Be brief and friendly, and take a message for whoever is asked for.',
  },
  {
    name: 'Sales',
    firstMessage: 'Hello, you have reached sales. What are you looking for?',
    systemPrompt:
      'You answer questions about our products and note the contact details of people who want an offer.',
  },
];

/** Makes the demo organisation with a user and two agents, once. */
@Injectable()
export class DemoService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly auth: AuthService,
    private readonly agents: AgentsService,
  ) {}

  async prepare(): Promise<void> {
    const { email } = DEMO_LOGIN;
    if ((await asIdentity(() => this.prisma.user.count({ where: { email } }))) > 0) return;
    const { organizationId } = await this.auth.createAccount({
      organizationName: 'Acme Demo',
      name: 'Dana Demo',
      ...DEMO_LOGIN,
    });
    await inOrganization(organizationId, async () => {
      for (const agent of AGENTS) await this.agents.create(organizationId, agent);
    });
  }
}
