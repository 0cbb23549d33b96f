import { runCommand } from './cli/program.js';
import { processTerminal } from './cli/terminal.js';

const terminal = processTerminal(process.env);
process.exitCode = await runCommand(process.argv.slice(2), terminal);
