import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { APP_CONFIG, type AppConfig } from '../../../platform/config/config.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { email, lineText } from '../../../platform/http/text.js';
import { Cookies } from '../../../platform/web/cookies.js';
import { inOrder, type FormError, type FormErrors, type FormValues } from '../../../platform/web/form-errors.js';
import { FormTokens } from '../../../platform/web/form-tokens.js';
import { Page } from '../../../platform/web/page.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { passwordFault } from '../../accounts/password-rule.js';
import { boardCode, OrganisationRefused } from '../../organisation/organisation-file.js';
import { Public } from '../../people/actor-decorators.js';
import { PASSWORD_FAULTS } from './password-words.js';
import { Install, type InstallOutcome } from './setup/install.js';
import { SetupCode } from './setup/setup-code.js';
import { SetupView } from './views/setup-views.js';
import { TypedForm, type TypedKinds } from './typed-form.js';
import { leadOn } from './visit.js';

/** In the order of the page, which the summary of what is wrong follows. */
const THE = {
  kod: 'Installationskoden',
  losenord: 'Lösenordet',
  namnd: 'Nämndens namn',
  namndkod: 'Nämndens kod',
  namn: 'Namnet',
  epost: 'E-postadressen',
};

/** How what is typed in each field is read; a password is taken as it is. */
const KINDS: TypedKinds = { kod: 'line', namnd: 'line', namndkod: 'line', namn: 'line', epost: 'line' };

const demoSchema = z.object({ kod: z.string().max(100), losenord: z.string() });
const boardSchema = demoSchema.extend({
  namnd: lineText(200),
  namndkod: boardCode(),
  namn: lineText(200),
  epost: email(),
  registrerar: z.string().optional(),
});
const BOARD_FORM = new TypedForm(boardSchema, { the: THE, kinds: KINDS });
const DEMO_FORM = new TypedForm(demoSchema, { the: THE, kinds: KINDS });

/** The organisation file's fields, as the form calls them. */
const FIELDS: Readonly<Record<string, keyof typeof THE>> = {
  'boards[0].code': 'namndkod',
  'boards[0].name': 'namnd',
  'people[0].name': 'namn',
  'people[0].email': 'epost',
};

interface Refused {
  readonly kind: 'refused';
  readonly errors: FormErrors;
}

/** The page of an empty system: a first board with its administrator, or the demo. */
@Public()
@Controller('installera')
export class SetupPages {
  constructor(
    private readonly cookies: Cookies,
    private readonly tokens: FormTokens,
    private readonly setup: SetupCode,
    private readonly install: Install,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get()
  @Page()
  async show(@CurrentExchange() exchange: Exchange, @Query('kod') kod: unknown): Promise<string | void> {
    if (!(await this.setup.isOpen())) return leadOn(exchange, '/logga-in');
    return this.form(
      exchange,
      typeof kod === 'string' ? { kod: kod.slice(0, 100), registrerar: 'ja' } : { registrerar: 'ja' },
      [],
    );
  }

  @Post()
  @Page()
  async board(@CurrentExchange() exchange: Exchange, @Body() body: unknown): Promise<string | void> {
    if (!(await this.setup.isOpen())) return leadOn(exchange, '/logga-in');
    const { request, reply } = exchange;
    const { values, data, errors: wrong } = BOARD_FORM.read(body);
    const errors = inOrder([...(wrong ?? []), ...this.faultsOfSecrets(values)], THE);
    if (data === null || errors.length > 0) return this.refused(exchange, values, errors);
    const outcome = await this.refusals(() =>
      this.install.execute({
        code: data.kod,
        password: data.losenord,
        userAgent: request.headers['user-agent'],
        board: { code: data.namndkod, name: data.namnd },
        administrator: { name: data.namn, email: data.epost },
        registers: data.registrerar !== undefined,
      }),
    );
    if (outcome.kind === 'refused') return this.refused(exchange, values, outcome.errors);
    if (outcome.kind !== 'installed') return this.notInstalled(exchange, values, outcome);
    this.cookies.write(reply, 'session', outcome.session);
    return leadOn(exchange, '/medarbetare?meddelande=installerad');
  }

  @Post('demo')
  @Page()
  async demo(@CurrentExchange() exchange: Exchange, @Body() body: unknown): Promise<string | void> {
    if (!(await this.setup.isOpen())) return leadOn(exchange, '/logga-in');
    const { request, reply } = exchange;
    const { values, data, errors: wrong } = DEMO_FORM.read(body);
    const errors = inOrder([...(wrong ?? []), ...this.faultsOfSecrets(values)], THE);
    if (data === null || errors.length > 0) return this.refused(exchange, values, errors);
    if (this.config.production) return this.refused(exchange, values, [{ field: null, message: NOT_IN_PRODUCTION }]);
    const userAgent = request.headers['user-agent'];
    const outcome = await this.install.withDemo({ code: data.kod, password: data.losenord, userAgent });
    if (outcome.kind !== 'installed') return this.notInstalled(exchange, values, outcome);
    this.cookies.write(reply, 'session', outcome.session);
    return leadOn(exchange, '/installera/demo');
  }

  /** What is wrong with the code and the password as they were given, so that it is told with all else. */
  private faultsOfSecrets({ kod = '', losenord = '', namn = '', epost = '' }: FormValues): FormErrors {
    const errors: FormError[] = [];
    if (kod.trim() !== '' && !this.setup.matches(kod)) errors.push({ field: 'kod', message: WRONG_CODE });
    const fault = losenord.trim() === '' ? null : passwordFault(losenord, { name: namn, email: epost });
    if (fault !== null) errors.push({ field: 'losenord', message: PASSWORD_FAULTS[fault] });
    return errors;
  }

  /** What the organisation says is wrong, at the fields of this form. */
  private async refusals(install: () => Promise<InstallOutcome>): Promise<InstallOutcome | Refused> {
    try {
      return await install();
    } catch (error) {
      if (!(error instanceof OrganisationRefused)) throw error;
      const errors = error.faults.map(({ path, reason }) => {
        const field = FIELDS[path] ?? null;
        return { field, message: `${field === null ? path : THE[field]} ${reason}.` };
      });
      return { kind: 'refused', errors: inOrder(errors, THE) };
    }
  }

  private notInstalled(
    exchange: Exchange,
    values: FormValues,
    outcome: Exclude<InstallOutcome, { kind: 'installed' }>,
  ): string | void {
    if (outcome.kind === 'closed') return leadOn(exchange, '/logga-in');
    if (outcome.kind === 'code-wrong') return this.refused(exchange, values, [{ field: 'kod', message: WRONG_CODE }]);
    return this.refused(exchange, values, [{ field: 'losenord', message: PASSWORD_FAULTS[outcome.fault] }]);
  }

  private refused(exchange: Exchange, values: FormValues, errors: FormErrors): string {
    void exchange.reply.code(422);
    return this.form(exchange, values, errors);
  }

  private form(exchange: Exchange, values: FormValues, errors: FormErrors): string {
    const formToken = this.tokens.tokenFor(exchange);
    const withDemo = !this.config.production;
    return renderPage(<SetupView formToken={formToken} values={values} errors={errors} withDemo={withDemo} />);
  }
}

const WRONG_CODE = 'Installationskoden stämmer inte. Den står i terminalen där Diarium startades.';
const NOT_IN_PRODUCTION = 'Demodata läses inte in när NODE_ENV är production.';
