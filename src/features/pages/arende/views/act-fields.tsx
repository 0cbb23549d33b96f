import type { VNode } from 'preact';
import { Choice, Field, Select, TextArea } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import type { ComponentChildren } from 'preact';
import type { FormField } from '../acts/act-form.js';
import { DayField, TimeField } from '../../frame/views/typed-fields.js';

interface FieldsProps {
  readonly fields: readonly FormField[];
  /** What was typed; without it the fields' own values. */
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors;
}

const FormFieldView = ({ field, value, errors }: { field: FormField; value: string; errors: FormErrors }): VNode => {
  const { name, label, hint, optional } = field;
  const common = {
    name,
    label,
    value,
    errors,
    ...(hint === undefined ? {} : { hint }),
    ...(optional === undefined ? {} : { optional }),
  };
  switch (field.kind) {
    case 'choice':
      return <Choice {...common} options={field.options} />;
    case 'select':
      return <Select {...common} options={field.options} empty={field.empty} width="short" />;
    case 'area':
      return <TextArea {...common} rows={5} />;
    case 'day':
      return <DayField {...common} />;
    case 'time':
      return <TimeField {...common} />;
    case 'text':
      return <Field {...common} autoComplete="off" width={(field.maxLength ?? 0) > 100 ? 'line' : 'short'} />;
  }
};

/** The fields of an act, with what was typed in them. */
export const FormFields = ({ fields, values, errors = [] }: FieldsProps): VNode => (
  <>
    {fields.map((field) => (
      <FormFieldView
        key={field.name}
        field={field}
        value={values === undefined ? (field.value ?? '') : (values[field.name] ?? '')}
        errors={errors}
      />
    ))}
  </>
);

interface VersionedProps {
  readonly action: string;
  /** The version of the case that the form is about. */
  readonly version: number;
  readonly label?: string;
  readonly class?: string;
  readonly refill?: string;
  readonly children: ComponentChildren;
}

/** A form that acts on the case as it was shown: on no later version does it do anything unasked. */
export const Versioned = ({ action, version, label, class: className, refill, children }: VersionedProps): VNode => (
  <Form
    action={action}
    {...(label === undefined ? {} : { label })}
    {...(className === undefined ? {} : { class: className })}
    {...(refill === undefined ? {} : { refill })}
  >
    <Hidden name="version" value={version} />
    {children}
  </Form>
);
