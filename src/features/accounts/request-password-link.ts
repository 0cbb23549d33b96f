import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobOutbox } from '../../platform/queue/job-outbox.js';
import { PeopleRepository, hasLeft } from '../people/people.repository.js';
import { passwordLinkJob } from './send-password-link.js';
import { SignInThrottle, type Attempt } from './sign-in-throttle.js';

/** Has a link mailed to someone who has forgotten the password, or never had one. Does not tell whether there is one. */
@Injectable()
export class RequestPasswordLink {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly jobs: JobOutbox,
    private readonly throttle: SignInThrottle,
  ) {}

  /** Until when this address has to wait; null when a mail is on its way, should the account exist. */
  execute({ email, address }: Attempt): Promise<Date | null> {
    return this.work.run(async (tx) => {
      // Counted apart: asking for mails is no guessing, and must keep nobody from signing in, there or anywhere.
      const until = await this.throttle.begin(tx, { email, address, purpose: 'link' });
      if (until !== null) return until;
      const person = await this.people.findByEmail(tx, email);
      if (person && !hasLeft(person, this.clock.today())) {
        await this.jobs.add(tx, passwordLinkJob({ personId: person.id, why: 'asked' }));
      }
      return null;
    });
  }
}
