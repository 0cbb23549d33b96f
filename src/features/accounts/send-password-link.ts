import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, PROCESS_KIND, type AppConfig, type ProcessKind } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Mailer } from '../../platform/mail/mailer.port.js';
import { JobQueue, type Job, type JobPayload } from '../../platform/queue/job-queue.port.js';
import { SYSTEM } from '../people/actor.js';
import { PeopleRepository, hasLeft } from '../people/people.repository.js';
import { CreatePasswordLink } from './create-password-link.js';
import { CredentialRepository } from './credential.repository.js';
import { passwordLinkMail } from './views/password-link-mail.js';

export const SEND_PASSWORD_LINK = 'send-password-link';

const Payload = z.object({
  personId: z.string(),
  /**
   * Asked for by the person; sent to someone new, whose account has been opened again, or who has another address; or
   * sent again by an administrator to someone who has no password.
   */
  why: z.enum(['asked', 'invited', 'reopened', 'moved', 'sent-again']).default('asked'),
  /** The administrator who had it sent. */
  by: z.string().optional(),
  /** The code of the board that someone new has been added to. */
  board: z.string().optional(),
});

type Wanted = z.input<typeof Payload>;

/** What one person's jobs of these kinds are called beside the others: they are kept apart, and none stands in for another. */
const APART: Readonly<Partial<Record<NonNullable<Wanted['why']>, string>>> = {
  asked: ':asked',
  'sent-again': ':sent-again',
};

/** The job that mails a link. One that waits already is kept. */
export const passwordLinkJob = ({ personId, why = 'asked', ...payload }: Wanted): Job => ({
  name: SEND_PASSWORD_LINK,
  key: `${SEND_PASSWORD_LINK}:${personId}${APART[why] ?? ''}`,
  payload: { personId, why, ...payload },
});

/** The keys of a person's jobs that administrators have caused. */
export const keysOnPurpose = (personId: string): string[] =>
  (['invited', 'sent-again'] as const).map((why) => passwordLinkJob({ personId, why }).key);

/** Makes a link and mails it. Made here and not before, so that it is nowhere but in the mail; a repeat makes another. */
@Injectable()
export class SendPasswordLink {
  constructor(
    queue: JobQueue,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly credentials: CredentialRepository,
    private readonly links: CreatePasswordLink,
    private readonly mailer: Mailer,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(PROCESS_KIND) kind: ProcessKind,
  ) {
    if (kind === 'all' || kind === 'worker') queue.handle(SEND_PASSWORD_LINK, ({ payload }) => this.execute(payload));
  }

  async execute(payload: JobPayload): Promise<void> {
    const { personId, why, by, board } = Payload.parse(payload);
    const made = await this.work.run(async (tx) => {
      // Before the address is read: one that is being changed meanwhile gets no link any more.
      await this.people.hold(tx, personId);
      const person = await this.people.findById(tx, personId);
      if (!person || hasLeft(person, this.clock.today())) return null;
      // Chosen since it was sent for: the link would set another, for whoever reads the mail.
      if (why === 'sent-again' && (await this.credentials.find(tx, personId)) !== null) return null;
      const link = await this.links[why === 'asked' ? 'asked' : 'toBeMailed'](tx, SYSTEM, person);
      if (link === null) return null;
      const places = await this.people.placesOf(tx, personId);
      return {
        person,
        link,
        by: by === undefined ? null : await this.people.findById(tx, by),
        places: board === undefined ? places : places.filter((place) => place.board === board),
      };
    });
    if (made === null) return;
    const { person, link, places } = made;
    const { baseUrl, mailFrom } = this.config;
    try {
      await this.mailer.send({
        messageId: `<${uuid()}@${new URL(baseUrl).hostname}>`,
        from: mailFrom,
        to: { name: person.name, email: person.email },
        ...passwordLinkMail({ why, name: person.name, by: made.by, places, ...link, baseUrl }),
      });
    } catch (error) {
      await this.links.takeBack(link);
      throw error;
    }
    if (why !== 'asked') await this.links.hasBeenMailed(link);
  }
}
