// The quick look at whether two types can be unified never says no where unification says yes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prim, PRIM_BASE, TypeTag, TypeTable, UNKNOWN, type TypeId } from '../../../server/src/languages/rust/types/typeTable.js';
import { Unifier, VarKind } from '../../../server/src/languages/rust/types/unifier.js';

/** A type as a shape, made in a table when the test runs. */
type Shape = (types: TypeTable, leaf: (number: number) => TypeId) => TypeId;

const leaves: fc.Arbitrary<Shape> = fc.oneof(
  fc.constantFrom(Prim.Str, Prim.U8, Prim.I32, Prim.F64).map((prim): Shape => () => PRIM_BASE + prim),
  fc.nat(5).map((number): Shape => (_, leaf) => leaf(number)),
  fc.constant<Shape>(() => UNKNOWN),
  fc.nat(2).map((value): Shape => (types) => types.constant(value)),
);
const shapes = fc.letrec<{ type: Shape }>((tie) => ({
  type: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaves,
    fc.tuple(tie('type'), fc.boolean()).map(([target, mutable]): Shape => (types, leaf) => types.ref(target(types, leaf), mutable)),
    tie('type').map((element): Shape => (types, leaf) => types.slice(element(types, leaf))),
    fc.array(tie('type'), { maxLength: 3 }).map((parts): Shape => (types, leaf) => types.tuple(parts.map((part) => part(types, leaf)))),
    fc.tuple(fc.integer({ min: 900, max: 902 }), fc.array(tie('type'), { maxLength: 2 })).map(([def, args]): Shape => (types, leaf) => types.adt(def, args.map((arg) => arg(types, leaf)))),
  ),
})).type;

describe('the quick look', () => {
  it('never says no where unification says yes', () => {
    let refused = 0;
    fc.assert(fc.property(shapes, shapes, (pattern, type) => {
      const types = new TypeTable();
      const unifier = new Unifier(types);
      const parameters = [0, 1, 2, 3, 4, 5].map((index) => types.make(TypeTag.Param, 950, index, []));
      const fresh = parameters.map(() => unifier.fresh());
      const variables = [VarKind.General, VarKind.Integer, VarKind.Float, VarKind.General, VarKind.Integer, VarKind.General].map((kind) => unifier.fresh(kind));
      const given = type(types, (number) => variables[number] ?? UNKNOWN);
      const may = unifier.mayUnify(pattern(types, (number) => parameters[number] ?? UNKNOWN), given);
      const does = unifier.unify(pattern(types, (number) => fresh[number] ?? UNKNOWN), given);
      if (!may) refused++;
      expect(may || !does).toBe(true);
    }), { seed: 7, numRuns: 4000 });
    expect(refused).toBeGreaterThan(500);
  });
});
