// The text of --help: all of it, or what concerns one command.

/** Commands that there are. */
export const COMMANDS: readonly string[] = ['show', 'check', 'explain', 'facts', 'lsp'];

const COMMAND_LINES = `Commands
  show PATH…       print the allocation sites of files, directories or patterns
  check PATH…      exit 1 when a contract or a budget of heaplight.json is broken
  explain RULE     say what a rule finds and why; without RULE list all rules
  facts DIR        analyse one package or crate from its files and the facts it imports
  lsp --stdio      serve the language server protocol
`;

const FORMAT = `  -f, --format FORMAT     text (default), json, markdown, sarif or github
`;
const FILTERS = `  --min-certainty C       always, conditional or possible (default)
  --kind KIND[,KIND…]     only these kinds
  --no-cold               leave out sites where nobody counts: tests, panics, errors, logs, initialisers
`;
const MUTED = `  --muted                 text, markdown: show cold and muted sites too, which they only count
`;
const BASE = `  --base REV              compare with a git revision: new, gone and unchanged sites
  --fail-on-new           exit 1 when there are sites that REV has not
`;
const RUN = `  --config FILE           use this heaplight.json
  --workers N             threads; 0 for none (default: one less than cores)
  --cache DIR             keep reports and what libraries declare there, and take from it what did not change
  --max-size MB           largest file that is analysed (default 8)
  --facts FILE…           join what facts wrote instead of reading sources; may be repeated
`;
const MACHINE = `  --goroot DIR|none       sources of Go's standard library (default: those of the go on PATH)
  --gomodcache DIR|none   sources of Go's dependencies
  --cargo-home DIR|none   sources of Rust's dependencies, in its registry
`;
const TARGET = `  --go-version V          compiler whose rules decide what escapes: 1.24 to 1.27
  --goos OS, --goarch A   what Go code is built for
`;
const FACTS = `  --import FILE…          facts of what the unit imports, directly or not; may be repeated
  -o, --output FILE       where the facts go; - for the standard output
  --root DIR              what paths in facts are relative to (default: the root of the module or of cargo's workspace)
  --config FILE           use this heaplight.json
  --max-size MB           largest file that is analysed (default 8)
`;
const EXIT_CODES = `Exit codes: 0 fine, 1 a contract or budget is broken, 2 the run itself failed.
`;

const OF_COMMAND: Readonly<Record<string, string>> = {
  show: `Usage: heaplight show [OPTIONS] PATH…

Prints the allocation sites of files, directories or patterns.

Options
${FORMAT}${FILTERS}${MUTED}${RUN}${MACHINE}${TARGET}
Exit codes: 0 a report was written, whatever is in it; 2 the run itself failed.
`,
  check: `Usage: heaplight check [OPTIONS] PATH…

Says which contracts (the comment "heaplight: no-alloc") and which budgets of heaplight.json are broken, and what is new since a git revision.

Options
${BASE}${FORMAT}${FILTERS}${RUN}${MACHINE}${TARGET}
${EXIT_CODES}`,
  explain: `Usage: heaplight explain [-f json] [RULE…]

Says what a rule finds, why, and what to do instead. Without RULE it lists all rules.
`,
  facts: `Usage: heaplight facts [OPTIONS] DIR

Analyses one package or crate from its files and the facts of what it imports; reads nothing else.

Options
${FACTS}${TARGET}
Exit codes: 0 facts were written, 2 the run itself failed.
`,
  lsp: `Usage: heaplight lsp --stdio

Serves the language server protocol over standard input and output, for any editor.
`,
};

/** The text of --help for a command; for all of them when there is none of that name. */
export function helpOf(command: string | null): string {
  return (command === null ? undefined : OF_COMMAND[command]) ?? `Usage: heaplight COMMAND [OPTIONS] [PATH…]

Shows where Rust and Go code allocates heap memory.

${COMMAND_LINES}
Options of show and check
${FORMAT}${FILTERS}${RUN}${MACHINE}${TARGET}
Options of show
${MUTED}
Options of check
${BASE}
Options of facts
${FACTS}  --go-version, --goos, --goarch
                          as above; nothing is looked up on the machine

${EXIT_CODES}`;
}
