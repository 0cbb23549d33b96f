import { Header, HttpCode, applyDecorators } from '@nestjs/common';

export const HTML = 'text/html; charset=utf-8';

/** A route whose method returns a rendered page. What it shows is one person's, so nobody keeps it. */
export const Page = (): MethodDecorator =>
  applyDecorators(HttpCode(200), Header('Content-Type', HTML), Header('Cache-Control', 'no-store'));
