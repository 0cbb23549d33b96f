import { Module } from '@nestjs/common';
import { NumberSeries } from './number-series.js';

@Module({ providers: [NumberSeries], exports: [NumberSeries] })
export class SeriesModule {}
