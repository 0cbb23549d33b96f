import { h, type ComponentChildren, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { errorOf, fieldId, type FormErrors } from '../form-errors.js';
import { FormLabels } from './form-labels.js';

interface Common {
  readonly name: string;
  readonly label: string;
  /** One sentence of help, below the label. */
  readonly hint?: ComponentChildren;
  /** All errors of the form: the field finds its own. */
  readonly errors?: FormErrors;
  /**
   * Whether it may be left empty, which is then said beside the label: not of a field that is needed only with some
   * choices, as its hint says, nor of a choice where the empty one chooses something.
   */
  readonly optional?: boolean | 'unsaid';
  /** How much is expected: a whole line, some words, or a day. */
  readonly width?: 'line' | 'short' | 'day';
}

export interface FieldProps extends Common {
  readonly type?: 'text' | 'email' | 'password' | 'tel' | 'search' | 'number' | 'url';
  readonly value?: string | undefined;
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel' | 'search';
  /** Where the keyboard is when the page opens. One field of a page, and only where the page is that form. */
  readonly autoFocus?: boolean;
  readonly spellcheck?: boolean;
  /** To read and copy, not to fill in. */
  readonly readOnly?: boolean;
  /** The id of a `datalist`. */
  readonly list?: string;
}

export interface TextAreaProps extends Common {
  readonly value?: string | undefined;
  readonly rows?: number;
  /** As for a `Field`. */
  readonly autoFocus?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  /** What choosing it means, below a radio button. */
  readonly hint?: string;
}

export interface SelectProps extends Common {
  readonly options: readonly Option[];
  readonly value?: string | undefined;
  /** The first choice, which chooses nothing. */
  readonly empty?: string;
}

type Attributes = Readonly<Record<string, unknown>>;

const ids = (name: string) => ({ input: fieldId(name), hint: `${fieldId(name)}-hjalp`, error: `${fieldId(name)}-fel` });

/** What ties a field to its hint and its error. */
function wiring({ name, hint, errors, optional }: Common) {
  const { input, hint: hintId, error: errorId } = ids(name);
  const error = errorOf(errors, name);
  const described = [hint === undefined ? '' : hintId, error === null ? '' : errorId].filter((id) => id !== '');
  return {
    id: input,
    name,
    required: optional === undefined || optional === false,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': error === null ? undefined : ('true' as const),
  };
}

const Hint = ({ name, hint }: Pick<Common, 'name' | 'hint'>): VNode | null =>
  hint === undefined ? null : (
    <div data-field="description" id={ids(name).hint}>
      {hint}
    </div>
  );

/** What is wrong with a field, for it to be described by. */
export const Fault = ({ name, errors }: Pick<Common, 'name' | 'errors'>): VNode | null => {
  const error = errorOf(errors, name);
  return error === null ? null : (
    <p class="ds-validation-message" id={ids(name).error}>
      {error}
    </p>
  );
};

type AroundProps = Common & {
  readonly children: ComponentChildren;
  readonly options?: readonly Option[];
  /** A password: shown nowhere. */
  readonly isSecret?: boolean;
};

const Around = (props: AroundProps): VNode => {
  const { name, label, optional, width = 'line', children, options, isSecret } = props;
  const labels = useContext(FormLabels);
  if (isSecret !== true) labels?.set(name, { label, options: options ?? [] });
  return (
    <div class={`ds-field field ${width}`}>
      <label class="ds-label" for={ids(name).input}>
        {label}
        {optional === true ? <span class="optional"> (frivilligt)</span> : null}
      </label>
      <Hint {...props} />
      {children}
      <Fault {...props} />
    </div>
  );
};

/** One line to fill in, with its label, help and error. */
export const Field = (props: FieldProps): VNode => {
  const { type = 'text', value, autoComplete, inputMode, autoFocus, spellcheck, readOnly, list } = props;
  const filling = {
    autocomplete: autoComplete,
    inputmode: inputMode,
    autofocus: autoFocus,
    spellcheck,
    readonly: readOnly,
  };
  // Not as JSX: its types want to know which kind of input it is.
  const input = h<Attributes>('input', { class: 'ds-input', type, value, list, ...filling, ...wiring(props) });
  return (
    <Around {...props} isSecret={type === 'password'}>
      {input}
    </Around>
  );
};

/** Several lines to fill in. */
export const TextArea = (props: TextAreaProps): VNode => {
  const { value, rows = 4, autoFocus } = props;
  return (
    <Around {...props}>
      <textarea class="ds-input" rows={rows} autoFocus={autoFocus} {...wiring(props)}>
        {value}
      </textarea>
    </Around>
  );
};

/** One of several, in a list that unfolds. */
export const Select = (props: SelectProps): VNode => {
  const { options, value, empty } = props;
  return (
    <Around {...props}>
      <select class="ds-input" {...wiring(props)}>
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  );
};

/** One of a few, all in sight. */
export const Choice = ({ options, value, ...common }: Omit<SelectProps, 'empty'>): VNode => {
  const { name, label, hint, errors } = common;
  const { id, ...wired } = wiring(common);
  useContext(FormLabels)?.set(name, { label, options });
  const describedBy = wired['aria-describedby'];
  return (
    <fieldset class="ds-fieldset field" aria-describedby={describedBy}>
      <legend class="ds-label">{label}</legend>
      <Hint name={name} hint={hint} />
      {options.map((option, index) => (
        <div key={option.value} class="ds-field">
          <input
            class="ds-input"
            type="radio"
            id={index === 0 ? id : `${id}-${index}`}
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-invalid={wired['aria-invalid']}
            aria-describedby={option.hint === undefined ? undefined : `${id}-${index}-hjalp`}
          />
          <label class="ds-label" for={index === 0 ? id : `${id}-${index}`}>
            {option.label}
          </label>
          {option.hint === undefined ? null : (
            <div data-field="description" id={`${id}-${index}-hjalp`}>
              {option.hint}
            </div>
          )}
        </div>
      ))}
      {errors === undefined ? null : <Fault name={name} errors={errors} />}
    </fieldset>
  );
};

interface CheckboxProps extends Omit<Common, 'width' | 'optional'> {
  readonly checked?: boolean;
  readonly value?: string;
}

/** Yes or no. */
export const Checkbox = (props: CheckboxProps): VNode => {
  const { name, label, checked, value = 'ja' } = props;
  useContext(FormLabels)?.set(name, { label, options: [] });
  return (
    <div class="ds-field field">
      <input
        class="ds-input"
        type="checkbox"
        value={value}
        checked={checked}
        {...wiring({ ...props, optional: true })}
      />
      <label class="ds-label" for={ids(name).input}>
        {label}
      </label>
      <Hint {...props} />
      <Fault {...props} />
    </div>
  );
};
