// All Rust rules, by id.
import type { RuleDocumentation } from '../../../analysis/rule.js';
import { arcClone } from './arcClone.js';
import { arcNew } from './arcNew.js';
import { asyncTrait } from './asyncTrait.js';
import { boxNew } from './boxNew.js';
import { boxPin } from './boxPin.js';
import { boxedError } from './boxedError.js';
import { boxedFuture } from './boxedFuture.js';
import { bytesRule } from './bytes.js';
import { cString } from './cString.js';
import { callee } from './callee.js';
import { channel } from './channel.js';
import { channelSend } from './channelSend.js';
import { cloneRule } from './clone.js';
import { closure } from './closure.js';
import { collect } from './collect.js';
import { collectionFrom } from './collectionFrom.js';
import { command } from './command.js';
import { cow } from './cow.js';
import { deserialise } from './deserialise.js';
import { emptyCollection } from './emptyCollection.js';
import { envRule } from './env.js';
import { errorContext } from './errorContext.js';
import { errorMacro } from './errorMacro.js';
import { formatRule } from './format.js';
import { functionValue } from './functionValue.js';
import { growth } from './growth.js';
import { intoRule } from './into.js';
import { ioBuffer } from './ioBuffer.js';
import { ioError } from './ioError.js';
import { join } from './join.js';
import { libraryCall } from './libraryCall.js';
import { lines } from './lines.js';
import { listNode } from './listNode.js';
import { makeMut } from './makeMut.js';
import { neverShared } from './neverShared.js';
import { pathRule } from './path.js';
import { questionMark } from './questionMark.js';
import { rawAlloc } from './rawAlloc.js';
import { rcNew } from './rcNew.js';
import { readRule } from './read.js';
import { referenceCycle } from './referenceCycle.js';
import { regexMatch } from './regexMatch.js';
import { regexNew } from './regexNew.js';
import { serialise } from './serialise.js';
import { shrink } from './shrink.js';
import { sortScratch } from './sortScratch.js';
import { stringAdd } from './stringAdd.js';
import { stringFrom } from './stringFrom.js';
import { taskSpawn } from './taskSpawn.js';
import { textRule } from './text.js';
import { threadScope } from './threadScope.js';
import { threadSpawn } from './threadSpawn.js';
import { toOwned } from './toOwned.js';
import { toString } from './toString.js';
import { toVec } from './toVec.js';
import { unwrapOrClone } from './unwrapOrClone.js';
import { vecMacro } from './vecMacro.js';
import { withCapacity } from './withCapacity.js';

/** The catalogue in the order of the documentation. */
export const rustCatalogue: readonly RuleDocumentation[] = [
  boxNew, boxPin, rcNew, arcNew, arcClone, vecMacro, withCapacity, emptyCollection, collectionFrom, collect, cloneRule, toOwned, toString, toVec, stringFrom, stringAdd, formatRule, intoRule, join, textRule, growth, shrink, cow, makeMut, unwrapOrClone, sortScratch, questionMark, boxedError, errorMacro, errorContext, ioError, ioBuffer, lines, readRule, pathRule, envRule, command, cString, listNode, threadSpawn, threadScope, taskSpawn, channel, channelSend, asyncTrait, boxedFuture, bytesRule, serialise, deserialise, regexNew, regexMatch, rawAlloc, libraryCall, functionValue, callee, closure, neverShared, referenceCycle,
];

/** Ids of all rules. */
export const rustRuleIds: ReadonlySet<string> = new Set(rustCatalogue.map((rule) => rule.id));
