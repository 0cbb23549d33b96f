import { Controller, Get, Header, Inject } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { DOCS_STYLE, docsPage } from '../../platform/http/openapi/docs-page.js';
import type { Json } from '../../platform/http/openapi/json-schemas.js';
import { openApiDocument } from '../../platform/http/openapi/openapi-document.js';
import { describedRoutes } from '../../platform/http/openapi/routes.js';
import { Operation } from '../../platform/http/operation.js';
import { Public } from '../people/actor-decorators.js';
import { VERSION } from './version.js';

const CACHED = 'public, max-age=300';

/** What the API takes and gives, worked out from the routes that run. */
@Public()
@Controller('api')
export class DocsApi {
  private made: Json | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get('v1/openapi.json')
  @Header('Cache-Control', CACHED)
  @Operation({
    summary: 'Den här beskrivningen, för maskiner',
    answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.literal('3.1.0') }) } },
  })
  document(): Json {
    this.made ??= openApiDocument(describedRoutes(this.discovery), this.config.baseUrl, VERSION);
    return this.made;
  }

  @Get('docs')
  @Header('Cache-Control', CACHED)
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return docsPage(this.document());
  }

  @Get('docs/style.css')
  @Header('Cache-Control', CACHED)
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return DOCS_STYLE;
  }
}
