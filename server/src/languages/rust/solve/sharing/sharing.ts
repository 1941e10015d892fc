// Why an Rc or Arc is there, and what a spawned task holds: steps for the hover, and notes for counts that nobody needs.
import type { Note, Step } from '../../../../analysis/site.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { isScopedSpawn, isSpawn } from '../../models/boundaries.js';
import type { RustProgram } from '../../resolve/program.js';
import type { SolvedFunction } from '../contract.js';
import type { CostEvent } from '../effects/bodyEffects.js';
import { lastName } from '../effects/cold.js';
import { LocalUses, type Use } from './uses.js';

/** What sharing says about one site. */
export interface SharingView {
  readonly why: readonly Step[];
  readonly instead: string | null;
  readonly note: Note | null;
}

const NOTHING: SharingView = { why: [], instead: null, note: null };

/** Explains the counted values and tasks of one function. */
export class Sharing {
  readonly #uses: LocalUses;
  readonly #tasks: ReadonlySet<NodeIndex>;
  /** Those whose scope waits for them. */
  readonly #scoped: ReadonlySet<NodeIndex>;

  constructor(private readonly fn: SolvedFunction, events: readonly CostEvent[], private readonly program: RustProgram) {
    const spawns = events.filter(({ cost }) => cost.kind === 'task' && cost.level > 0 && isSpawn(cost.rule));
    this.#tasks = new Set(spawns.map((event) => event.node));
    this.#scoped = new Set(spawns.filter(({ callee }) => callee !== null && callee.def !== 0 && isScopedSpawn(program.pathOf(callee.def))).map((event) => event.node));
    this.#uses = new LocalUses(fn.body, this.#tasks);
  }

  /** Why a counted value is made or cloned at this node. */
  counted(node: NodeIndex, creation: boolean): SharingView {
    const { tree } = this.fn.body;
    const holder = this.#holder(node);
    if (holder !== null) return { why: [this.#spawnStep(holder, node)], instead: null, note: null };
    const local = this.#uses.boundTo(node);
    if (local < 0) {
      const here: Step[] = [];
      this.#addSteps(this.#uses.becomes(node), here);
      return here.length === 0 ? NOTHING : { why: here, instead: null, note: null };
    }
    const steps: Step[] = [];
    let shared = false;
    const visit = (index: number, depth: number): void => {
      for (const use of this.#uses.of(index)) {
        if (use.is !== 'looked-at') shared = true;
        this.#addSteps(use, steps);
        if (use.is === 'cloned' && use.into < 0) this.#addSteps(this.#uses.becomes(use.node), steps);
        if (use.is === 'cloned' && use.into >= 0 && use.into !== index && depth < 8) visit(use.into, depth + 1);
      }
    };
    visit(local, 0);
    steps.sort((a, b) => a.start - b.start);
    if (shared || !creation) return { why: steps, instead: null, note: null };
    const name = tree.textOf(this.fn.body.locals[local]?.node ?? node);
    return {
      why: steps, instead: 'nobody shares it: the value itself or a Box would do',
      note: { rule: 'rust/never-shared', message: `Nobody shares ${name}: it is never cloned, stored or handed on. The value itself or a Box would do.`, start: tree.start[node] as number, end: tree.end[node] as number, why: [] },
    };
  }

  /** What a spawned closure or future holds, and whether its handle is awaited here. */
  task(node: NodeIndex): SharingView {
    const { body } = this.fn;
    const { tree } = body;
    const why: Step[] = [];
    const end = tree.next[node] as number;
    for (const closure of body.closures) {
      if (closure.node <= node || closure.node >= end) continue;
      for (const capture of closure.captures) {
        const local = body.locals[capture.local];
        if (local) why.push(this.#step(`captures ${this.program.symbols.text(local.symbol)}: ${this.program.typeText(local.type)}`, capture.node));
      }
      break;
    }
    // A future that a call makes has no captures: what goes in are the call's arguments.
    if (why.length === 0) {
      body.locals.forEach((local, index) => {
        const use = this.#uses.of(index).find((each) => each.is === 'spawned' && each.spawn === node);
        if (use) why.push(this.#step(`takes ${this.program.symbols.text(local.symbol)}: ${this.program.typeText(local.type)} along, because what is spawned must be 'static and cannot borrow it`, use.node));
      });
    }
    const local = this.#uses.boundTo(node);
    let instead: string | null = null;
    if (local >= 0) {
      for (const use of this.#uses.of(local)) {
        const up = tree.parent[use.node] as number;
        const joined = up >= 0 && (tree.kind[up] === (RustKind.AwaitExpression as number) || (tree.kind[up] === (RustKind.FieldExpression as number) && tree.textOf(tree.childByField(up, RustField.Field)) === 'join'));
        if (!joined) continue;
        const threads = tree.kind[up] !== (RustKind.AwaitExpression as number);
        why.push(this.#step(`its handle is ${threads ? 'joined' : 'awaited'} here, in the same function`, use.node));
        instead = this.#scoped.has(node) ? null : threads ? 'the handle is joined in the same function: thread::scope could borrow instead of moving' : 'the handle is awaited in the same function: join! could borrow instead of moving, if running on one thread is enough';
        break;
      }
    }
    why.sort((a, b) => a.start - b.start);
    return { why, instead, note: null };
  }

  #holder(node: NodeIndex): NodeIndex | null {
    const { tree } = this.fn.body;
    for (let up = tree.parent[node] as number; up >= 0 && up !== this.fn.body.first; up = tree.parent[up] as number) if (this.#tasks.has(up)) return up;
    return null;
  }

  #addSteps(use: Use, steps: Step[]): void {
    switch (use.is) {
      case 'cloned': steps.push(this.#step('cloned here', use.node)); break;
      case 'spawned': steps.push(this.#spawnStep(use.spawn, use.node)); break;
      case 'stored': steps.push(this.#step('stored here', use.node)); break;
      case 'returned': steps.push(this.#step('returned here', use.node)); break;
      case 'passed': steps.push(this.#step(`handed to ${this.#calledWith(use.node)} here`, use.node)); break;
      case 'captured': steps.push(this.#step('moved into a closure here, which is handed on', use.node)); break;
      default: break;
    }
  }

  #calledWith(argument: NodeIndex): string {
    const call = this.#uses.callWith(argument);
    const name = call === NO_NODE ? '' : lastName(this.fn.body.tree, this.fn.body.tree.firstChild(call));
    return name === '' ? 'a function' : name;
  }

  #spawnStep(spawn: NodeIndex, at: NodeIndex): Step {
    const { tree } = this.fn.body;
    const callee = tree.firstChild(spawn);
    const name = callee === NO_NODE ? 'the spawn' : tree.textOf(callee).slice(-40);
    if (this.#scoped.has(spawn)) return this.#step(`moved into what ${name} runs, which may borrow what outlives its scope`, at);
    return this.#step(`moved into what ${name} runs, which must be 'static and therefore cannot borrow it`, at);
  }

  #step(message: string, node: NodeIndex): Step {
    const { tree } = this.fn.body;
    return { message, path: this.fn.path, start: tree.start[node] as number, end: tree.end[node] as number };
  }
}
