import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Operation } from '../../platform/http/operation.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { ExportRegister } from './export-register.js';
import { csvQuery, workbookQuery } from './register.dto.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A name that every system can store a file under. */
const disposition = (board: string, kind: string): string => {
  const plain = board.normalize('NFD').replace(/[^A-Za-z0-9-]/g, '');
  const name = encodeURIComponent(`diarium-${board}.${kind}`);
  return `attachment; filename="diarium-${plain}.${kind}"; filename*=UTF-8''${name}`;
};

/** The register of a board, as a file to read elsewhere. */
@Controller('api/v1/boards/:code')
export class RegisterApi {
  constructor(private readonly register: ExportRegister) {}

  @Get('register.csv')
  @Operation({
    summary: 'Hämta nämndens diarium som CSV',
    description: 'UTF-8, en rad per ärende i nummerordning. Av sekretessmarkerade ärenden bara nummer och datum för den som inte får öppna dem. Celler som ett kalkylprogram skulle köra har fått ett enkelt citattecken först.',
    answers: { 200: { description: 'Filen' } },
    errors: [404],
  }) // prettier-ignore
  async csv(
    @CurrentActor() actor: Actor,
    @Param('code') board: string,
    @Query({ schema: csvQuery }) { bom, delimiter, ...request }: z.infer<typeof csvQuery>,
  ): Promise<StreamableFile> {
    const pieces = await this.register.csv(actor, { ...request, board }, { delimiter, bom: bom === 'yes' });
    const type = 'text/csv; charset=utf-8; header=present';
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type,
      disposition: disposition(board, 'csv'),
    });
  }

  @Get('register.xlsx')
  @Operation({
    summary: 'Hämta nämndens diarium som arbetsbok',
    description: 'Som CSV-filen, för högst 20 000 ärenden åt gången.',
    answers: { 200: { description: 'Filen' } },
    errors: [404, 422],
  })
  async workbook(
    @CurrentActor() actor: Actor,
    @Param('code') board: string,
    @Query({ schema: workbookQuery }) request: z.infer<typeof workbookQuery>,
  ): Promise<StreamableFile> {
    const file = await this.register.workbook(actor, { ...request, board });
    return new StreamableFile(file, { type: XLSX, disposition: disposition(board, 'xlsx') });
  }
}
