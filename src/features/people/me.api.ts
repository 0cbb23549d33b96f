import { Controller, Get } from '@nestjs/common';
import { Operation } from '../../platform/http/operation.js';
import type { Actor } from './actor.js';
import { CurrentActor } from './actor-decorators.js';
import { MeView, toMeView } from './me.dto.js';

@Controller('api/v1/me')
export class MeApi {
  @Get()
  @Operation({
    summary: 'Vem jag är och vad jag får göra i dag',
    answers: { 200: { description: 'Personen bakom åtkomstnyckeln', schema: MeView } },
  })
  me(@CurrentActor() actor: Actor): MeView {
    return toMeView(actor);
  }
}
