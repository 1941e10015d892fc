// Shapes of the rows in the settings table. A row says everything there is to say about one setting; no row has behaviour.

/** What every setting has. `key` is written without the prefix `heaplight.`. */
interface Row {
  readonly description: string;
  /** `window`: one value a window · `machine-overridable`: belongs to the machine, a workspace may override it. */
  readonly scope: 'window' | 'machine-overridable';
  /** A workspace that is not trusted cannot set it. */
  readonly restricted?: true;
}

/** A yes or no. */
export interface ToggleRow extends Row {
  readonly type: 'toggle';
  readonly default: boolean;
}

/** A whole number within limits, both inclusive. */
export interface NumberRow extends Row {
  readonly type: 'number';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Free text; the empty string is the default and means "find out". */
export interface TextRow extends Row {
  readonly type: 'text';
  readonly default: '';
}

/** One of a few words. */
export interface ChoiceRow extends Row {
  readonly type: 'choice';
  readonly default: string;
  readonly choices: Readonly<Record<string, string>>;
}

/** A switch for each name of an axis, in one object; names that are left out keep their default. */
export interface SwitchesRow extends Row {
  readonly type: 'switches';
  readonly switches: Readonly<Record<string, { readonly default: boolean; readonly description: string }>>;
}

/** A row of the settings table. */
export type SettingRow = ToggleRow | NumberRow | TextRow | ChoiceRow | SwitchesRow;

/** The value a row stands for, once it is read. */
export type SettingValue<R extends SettingRow> =
  R extends ToggleRow ? boolean
  : R extends NumberRow ? number
  : R extends TextRow ? string
  : R extends ChoiceRow ? keyof R['choices']
  : R extends SwitchesRow ? { readonly [Name in keyof R['switches']]: boolean }
  : never;
