// core::convert, core::clone, core::ops: conversions cost what the target's conversion costs.
import { delegates, implOf, modelsOf, neutral, sometimes, via } from '../row.js';
import { std } from './provenance.js';

/** Rows of the conversion and clone traits. */
export const convertModels = [
  ...modelsOf('std::convert::Into', std('core/src/convert/mod.rs'), [delegates('into', via('result', 'From::from', 'self'))]),
  ...modelsOf('std::convert::TryInto', std('core/src/convert/mod.rs'), [delegates('try_into', via('result.0', 'TryFrom::try_from', 'self'))]),
  ...modelsOf('std::convert::TryFrom', std('core/src/convert/mod.rs'), [delegates('try_from', via('self', 'From::from', 'arg.0'))]),
  ...modelsOf('std::convert::AsRef', std('core/src/convert/mod.rs'), [neutral('as_ref', 'the same value is borrowed')]),
  ...modelsOf('std::convert::AsMut', std('core/src/convert/mod.rs'), [neutral('as_mut', 'the same value is borrowed')]),
  ...modelsOf('std::borrow::Borrow', std('core/src/borrow.rs'), [neutral('borrow', 'the same value is borrowed')]),
  ...modelsOf('std::clone::Clone', std('core/src/clone.rs'), [delegates('clone_from', via('self', 'Clone::clone'))]),
  ...implOf('&', 'Clone', std('core/src/clone.rs'), [neutral('clone', 'a reference is copied, not what it points to')]),
  ...implOf('()', 'Clone', std('core/src/clone.rs'), [neutral('clone', 'a value of size zero')]),
  ...implOf('std::pin::Pin', 'Clone', std('core/src/pin.rs'), [delegates('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('std::cell::RefCell', 'Clone', std('core/src/cell.rs'), [delegates('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('std::cell::OnceCell', 'Clone', std('core/src/cell/once.rs'), [sometimes('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('std::sync::OnceLock', 'Clone', std('std/src/sync/once_lock.rs'), [sometimes('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('std::mem::ManuallyDrop', 'Clone', std('core/src/mem/manually_drop.rs'), [delegates('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('std::ops::Bound', 'Clone', std('core/src/ops/range.rs'), [sometimes('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('std::ops::Range', 'Clone', std('core/src/ops/range.rs'), [delegates('clone', via('self.0', 'Clone::clone'))]),
  ...modelsOf('std::ops::Bound', std('core/src/ops/range.rs'), [sometimes('cloned', via('result.0', 'Clone::clone'))]),
  ...implOf('std::cell::RefCell', 'Default', std('core/src/cell.rs'), [delegates('default', via('self.0', 'Default::default'))]),
  ...implOf('std::cell::Cell', 'Default', std('core/src/cell.rs'), [delegates('default', via('self.0', 'Default::default'))]),
  ...implOf('std::sync::Mutex', 'Default', std('std/src/sync/poison/mutex.rs'), [delegates('default', via('self.0', 'Default::default'))]),
  ...implOf('std::sync::RwLock', 'Default', std('std/src/sync/poison/rwlock.rs'), [delegates('default', via('self.0', 'Default::default'))]),
];
