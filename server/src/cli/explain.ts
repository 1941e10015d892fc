// `heaplight explain RULE`: the rule's documentation; without a rule, the list of all.
import type { RuleDocumentation } from '../analysis/rule.js';
import { asSentence } from '../features/report/wording.js';
import { Failure } from './failure.js';
import type { CliEnvironment } from './environment.js';
import type { CliOptions } from './options.js';

/** Prints one rule or the list of rules. */
export function explain(environment: CliEnvironment, options: CliOptions): number {
  if (options.format !== 'text' && options.format !== 'json') throw new Failure('explain prints text or json.');
  const rules: readonly RuleDocumentation[] = environment.plugins.flatMap((plugin) => plugin.rules).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (options.args.length === 0) {
    if (options.format === 'json') environment.out(`${JSON.stringify(rules.map(plain))}\n`);
    else {
      const width = Math.max(0, ...rules.map((rule) => rule.id.length));
      environment.out(rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.kind.padEnd(10)}  ${rule.title}\n`).join(''));
    }
    return 0;
  }
  const found = options.args.map((id) => {
    const rule = rules.find((one) => one.id === id) ?? rules.find((one) => one.id.endsWith(`/${id}`));
    if (!rule) throw new Failure(`There is no rule "${id}"${nearest(id, rules)} List all with: heaplight explain`);
    return rule;
  });
  environment.out(options.format === 'json' ? `${JSON.stringify(found.map(plain))}\n` : `${found.map(describeRule).join('\n')}`);
  return 0;
}

function plain({ id, kind, title, why, unless, instead, example }: RuleDocumentation): RuleDocumentation {
  return { id, kind, title, why, unless, instead, example };
}

function describeRule(rule: RuleDocumentation): string {
  const part = (title: string, text: string | null): string => (text === null ? '' : `\n${title}\n${text.split('\n').map((line) => `  ${line}`).join('\n')}\n`);
  return `${rule.id}: ${rule.title} (${rule.kind})\n${part('Why', rule.why)}${part('When it does not', rule.unless && asSentence(rule.unless))}${part('Instead', rule.instead && asSentence(rule.instead))}${part('Allocates', rule.example.allocates)}${part('Does not', rule.example.free)}`;
}

function nearest(id: string, rules: readonly RuleDocumentation[]): string {
  const words = id.split(/[/-]/).filter((word) => word.length > 2 && word !== 'rust');
  const found = rules.filter((rule) => words.some((word) => rule.id.includes(word))).slice(0, 3);
  return found.length === 0 ? '.' : `; did you mean ${found.map((rule) => rule.id).join(' or ')}?`;
}
