// How eagerly V8 optimises while a run over many files lasts. Compiling for the reports of one run costs about as much as making them: most of what is hot for a
// second is compiled several times, each time with all that it calls. Key strokes want the opposite, so the usual values are there again afterwards.
import { setFlagsFromString } from 'node:v8';
import type { GroupExecutor } from '../workspace/run.js';

/** Bytecodes that a function runs before V8 thinks of optimising it, and bytecodes of callees that go into one function: six times as many, and a third. */
const PATIENT = ['--interrupt-budget=400000', '--max-inlined-bytecode-size-cumulative=300'];
/** What V8 does without being asked. */
const USUAL = ['--interrupt-budget=67584', '--max-inlined-bytecode-size-cumulative=920'];

/** Runs that last. The flags are those of the process, whichever thread sets them. */
let running = 0;

/** Makes V8 optimise later and less in all threads, until the function that it returns is called. */
export function patientCompiler(): () => void {
  if (running++ === 0) PATIENT.forEach(setFlagsFromString);
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    if (--running === 0) USUAL.forEach(setFlagsFromString);
  };
}

/** An executor during whose runs V8 optimises later. */
export function patient(executor: GroupExecutor): GroupExecutor {
  return {
    width: executor.width,
    async run(groups, cancellation, hooks) {
      const usual = patientCompiler();
      try {
        await executor.run(groups, cancellation, hooks);
      } finally {
        usual();
      }
    },
    dispose: () => executor.dispose(),
  };
}
