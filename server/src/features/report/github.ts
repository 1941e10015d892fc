// GitHub workflow annotations: one line a finding, which the runner turns into a remark beside the code.

/** A remark beside a line. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error';
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly endLine: number;
  /** Zero-based UTF-16 columns. */
  readonly column: number;
  readonly endColumn: number;
  readonly title: string;
  readonly message: string;
}

/** The workflow command of an annotation, without a newline. Columns are only understood within one line. */
export function githubAnnotation(annotation: Annotation): string {
  const { level, path, line, endLine, column, endColumn, title, message } = annotation;
  const properties = [`file=${property(path)}`, `line=${line + 1}`, `endLine=${endLine + 1}`];
  if (line === endLine) properties.push(`col=${column + 1}`, `endColumn=${endColumn + 1}`);
  properties.push(`title=${property(title)}`);
  return `::${level} ${properties.join(',')}::${data(message)}`;
}

/** Escapes as the runner undoes it: percent first. */
function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
