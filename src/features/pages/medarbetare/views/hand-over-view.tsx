import type { VNode } from 'preact';
import { Button } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Select } from '../../../../platform/web/components/field.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { HAND_OVER_LABELS as LABELS, HAND_OVER_PATH } from '../hand-over-form.js';
import type { HandOverChoices } from '../read-handovers.js';
import type { Typed } from './people-parts.js';

interface HandOverProps extends Typed {
  readonly choices: HandOverChoices;
  readonly notice: string | null;
}

const Empty = (): VNode => (
  <div class="empty">
    <p>
      <strong>Ingen har några öppna ärenden.</strong> Ett ärende får en handläggare när det fördelas; sedan kan det
      lämnas över här.
    </p>
  </div>
);

/** Everything that somebody has open, to somebody else. */
export const HandOverView = ({ choices, notice, values, errors }: HandOverProps): VNode => (
  <>
    <ErrorSummary errors={errors} />
    <Done text={notice} />
    <Panel title="Alla öppna ärenden" id="overlamna">
      {choices.holders.length === 0 ? (
        <Empty />
      ) : (
        <Form action={HAND_OVER_PATH} label="Lämna över ärenden">
          <Select
            name="fran"
            label={LABELS.fran}
            options={choices.holders}
            empty="Välj vem"
            value={values['fran']}
            errors={errors}
          />
          <Select
            name="till"
            label={LABELS.till}
            hint="Handläggare eller avdelningschef i varje nämnd där ärendena finns."
            options={choices.heirs}
            empty="Välj vem"
            value={values['till']}
            errors={errors}
          />
          <Button>Lämna över</Button>
        </Form>
      )}
    </Panel>
  </>
);
