// Functions whose arguments nobody counts: they make errors, end the program, or write logs.

/** Order as in `Cold` of the escape walk: 1 panic, 2 error, 3 test, 4 static, 5 log. */
const COLD: Readonly<Record<string, number>> = {
  'errors.New': 2, 'fmt.Errorf': 2, 'errors.Join': 2,
  // log/log.go: each writes, then calls os.Exit or panic
  ...Object.fromEntries(['Fatal', 'Fatalf', 'Fatalln', 'Panic', 'Panicf', 'Panicln'].flatMap((name) => [[`log.${name}`, 1], [`log.(*Logger).${name}`, 1]])),
};

const LOG_PACKAGES = new Set(['log', 'log/slog']);

const COLD_PACKAGES = new Set([...Object.keys(COLD).map((name) => name.slice(0, name.lastIndexOf('.'))), ...LOG_PACKAGES]);

/** Whether any function of a package is called in a cold context. */
export function hasColdCalls(packagePath: string): boolean {
  return COLD_PACKAGES.has(packagePath);
}

/** Cold context that the arguments of a function stand in, 0 for none. `name` as Go's tools write it. */
export function coldOf(name: string): number {
  const known = COLD[name];
  if (known !== undefined) return known;
  const slash = name.lastIndexOf('/');
  const dot = name.indexOf('.', slash + 1);
  return dot > 0 && LOG_PACKAGES.has(name.slice(0, dot)) ? 5 : 0;
}
