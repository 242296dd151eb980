import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module';
import { AuthModule } from '../auth/auth.module';
import { DemoService } from './demo.service';

@Module({ imports: [AuthModule, AgentsModule], providers: [DemoService] })
export class DemoModule {}
