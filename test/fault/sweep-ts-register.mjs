import { register } from 'node:module';

register('./sweep-ts-loader.mjs', import.meta.url);
