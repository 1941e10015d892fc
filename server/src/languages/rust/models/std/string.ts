// alloc::string, alloc::str and alloc::fmt: text.
import { allocates, copies, grows, implOf, mayAllocate, modelsOf, neutral, via, delegates } from '../row.js';
import { std } from './provenance.js';

const at = std('alloc/src/string.rs');
const str = std('alloc/src/str.rs');
const short = 'spare capacity is too small';

/** Rows of `String` and `str`. */
export const stringModels = [
  ...modelsOf('std::string::String', at, [
    neutral('new', 'an empty String owns no buffer', { rule: 'rust/empty-collection' }),
    allocates('with_capacity try_with_capacity', 'buffer', 'text buffer', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
    grows('push push_str insert insert_str extend_from_within replace_range', 'text buffer', short),
    grows('reserve reserve_exact try_reserve try_reserve_exact', 'text buffer', short),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    mayAllocate('into_boxed_str', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    copies('split_off', 'buffer for the split-off text'),
    mayAllocate('from_utf8_lossy', 'copy', 'repaired text', 'the bytes are no valid UTF-8', { rule: 'rust/cow' }),
    mayAllocate('from_utf8_lossy_owned', 'copy', 'repaired text', 'the bytes are no valid UTF-8', { rule: 'rust/cow' }),
    allocates('from_utf16 from_utf16_lossy from_utf16le from_utf16be', 'copy', 'decoded text'),
    neutral('from_utf8 from_utf8_unchecked into_bytes from_raw_parts', 'the buffer is taken over'),
    neutral('as_str as_mut_str as_bytes len is_empty capacity clear truncate pop remove retain drain leak as_mut_vec', 'the buffer stays as it is'),
  ]),
  ...implOf('std::string::String', 'Clone', at, [copies('clone', 'copied text', { rule: 'rust/clone', unless: 'it is empty' }), mayAllocate('clone_from', 'copy', 'copied text', 'the buffer is too short')]),
  ...implOf('std::string::String', 'Default', at, [neutral('default', 'an empty String owns no buffer')]),
  ...implOf('std::string::String', 'From<Box<str>>', at, [neutral('from', 'the block becomes the buffer')]),
  ...implOf('std::string::String', 'From<std::string::String>', at, [neutral('from', 'it is a String already')]),
  ...implOf('std::string::String', 'From<std::borrow::Cow>', at, [mayAllocate('from', 'copy', 'copied text', 'the text is borrowed', { rule: 'rust/string-from' })]),
  ...implOf('std::string::String', 'From', at, [copies('from', 'copied text', { rule: 'rust/string-from', unless: 'the text is empty' })]),
  ...implOf('std::string::String', 'FromStr', at, [copies('from_str', 'copied text', { rule: 'rust/string-from' })]),
  ...implOf('std::string::String', 'FromIterator', at, [allocates('from_iter', 'buffer', 'collected text', { rule: 'rust/collect', unless: 'the source is empty' })]),
  ...implOf('std::string::String', 'Extend', at, [grows('extend extend_one', 'text buffer', short)]),
  ...implOf('std::string::String', 'Add', at, [grows('add', 'text buffer', short, { rule: 'rust/string-add' })]),
  ...implOf('std::string::String', 'AddAssign', at, [grows('add_assign', 'text buffer', short, { rule: 'rust/string-add' })]),
  ...implOf('std::string::String', 'Write', at, [grows('write_str write_char write_fmt', 'text buffer', short)]),
  ...modelsOf('std::string::ToString', at, [allocates('to_string', 'format', 'new String', { rule: 'rust/to-string' })]),
  ...implOf('str', 'ToString', at, [copies('to_string', 'copied text', { rule: 'rust/to-string', unless: 'the text is empty' })]),
  ...implOf('std::string::String', 'ToString', at, [copies('to_string', 'copied text', { rule: 'rust/to-string', unless: 'the text is empty' })]),
  ...implOf('std::borrow::Cow', 'ToString', at, [copies('to_string', 'copied text', { rule: 'rust/to-string' })]),
  ...modelsOf('std::fmt', std('alloc/src/fmt.rs'), [allocates('format', 'format', 'formatted text', { rule: 'rust/format' })]),
  ...modelsOf('std::str', str, [
    allocates('to_lowercase to_uppercase to_ascii_lowercase to_ascii_uppercase', 'copy', 'converted text', { rule: 'rust/text', unless: 'the text is empty' }),
    allocates('repeat', 'copy', 'repeated text', { rule: 'rust/join', unless: 'the result is empty' }),
    allocates('replace', 'copy', 'text with replacements', { rule: 'rust/text', unless: 'the result is empty' }),
    allocates('replacen', 'copy', 'text with replacements', { rule: 'rust/text' }),
    neutral('into_string into_boxed_bytes', 'the block that is there is taken over'),
    neutral('trim trim_start trim_end trim_matches trim_start_matches trim_end_matches strip_prefix strip_suffix', 'a part of the same text is borrowed'),
    neutral('split splitn rsplit split_whitespace split_ascii_whitespace split_terminator split_inclusive lines chars bytes char_indices matches match_indices', 'parts are borrowed one by one'),
    neutral('split_once rsplit_once split_at', 'two parts of the same text are borrowed'),
    delegates('parse', via('result.0', 'FromStr::from_str')),
  ]),
  ...modelsOf('std::fmt::Formatter', std('core/src/fmt/mod.rs'), [neutral('write_str write_fmt write_char pad pad_integral debug_struct debug_tuple debug_list debug_map debug_set', 'writes into the caller’s buffer')]),
  ...modelsOf('std::string::FromUtf8Error', at, [mayAllocate('into_utf8_lossy', 'copy', 'repaired text', 'the bytes are no valid UTF-8'), neutral('into_bytes as_bytes', 'the buffer is handed back')]),
];
