import { Module } from '@nestjs/common';
import { NumberSeries } from './number-series.js';
import { SeriesGaps } from './series-gaps.js';

@Module({ providers: [NumberSeries, SeriesGaps], exports: [NumberSeries, SeriesGaps] })
export class SeriesModule {}
