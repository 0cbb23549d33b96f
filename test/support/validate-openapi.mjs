// In a process of its own: jest cannot load the parser, a CommonJS package that requires an ES module.
import SwaggerParser from '@apidevtools/swagger-parser';
import { json } from 'node:stream/consumers';

try {
  await SwaggerParser.validate(await json(process.stdin));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
