import { Help, type HelpConfiguration } from 'commander';

const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': 'Användning:',
  'Arguments:': 'Argument:',
  'Options:': 'Flaggor:',
  'Commands:': 'Kommandon:',
};

const words = (text: string): string => text.replace('[options]', '[flaggor]').replace('[command]', '[kommando]');

const own = new Help();

/** Commander's headings in Swedish. */
export const SWEDISH_HELP: HelpConfiguration = {
  styleTitle: (title) => HEADINGS[title] ?? title,
  commandUsage: (command) => words(own.commandUsage(command)),
  subcommandTerm: (command) => words(own.subcommandTerm(command)),
  optionDescription: (option) => option.description,
  argumentDescription: (argument) => argument.description,
};

const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*?)'/, 'okänd flagga: $1'],
  [/^error: unknown command '(.*?)'/, 'okänt kommando: $1'],
  [/^error: missing required argument '(.*?)'/, 'argumentet <$1> saknas'],
  [/^error: option '(.*?)' argument missing/, 'flaggan $1 ska följas av ett värde'],
  [/^error: too many arguments.*$/m, 'för många argument'],
  [/\(Did you mean one of (.*?)\?\)/, '(menade du något av $1?)'],
  [/\(Did you mean (.*?)\?\)/, '(menade du $1?)'],
];

/** What commander says of a command that was written wrongly. */
export const inSwedish = (text: string): string =>
  SAYINGS.reduce((said, [pattern, swedish]) => said.replace(pattern, swedish), text);
