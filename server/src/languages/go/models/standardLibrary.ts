// What everyday functions of the standard library allocate, in a reader's words. That they allocate is known from their facts;
// these rows say what, where the chain down to the allocator would name a detail of the implementation.
import type { ModelRow, Provenance } from '../../../analysis/model.js';
import type { AllocationKind, Certainty } from '../../../analysis/site.js';

const std = (at: string): Provenance => ({ source: 'go 1.26', at });

function row(path: string, kind: AllocationKind, what: string, at: string, certainty: Certainty = 'always', when: string | null = null): ModelRow {
  return { path, effect: { does: 'allocates', kind, what, certainty, when, unless: null }, rule: null, instead: null, provenance: std(at) };
}

/** Rows by function, as Go's tools write it. */
export const goStandardLibrary: readonly ModelRow[] = [
  row('fmt.Sprintf', 'format', 'formatted string', 'fmt/print.go'),
  row('fmt.Sprint', 'format', 'formatted string', 'fmt/print.go'),
  row('fmt.Sprintln', 'format', 'formatted string', 'fmt/print.go'),
  row('fmt.Errorf', 'error', 'error with a formatted message', 'fmt/errors.go'),
  row('fmt.Printf', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Println', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Print', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Fprintf', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Fprintln', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Fprint', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('errors.New', 'error', 'error with its message', 'errors/errors.go'),
  row('errors.Join', 'error', 'error that holds others', 'errors/join.go'),
  row('strings.Split', 'buffer', 'slice of the parts', 'strings/strings.go'),
  row('strings.SplitN', 'buffer', 'slice of the parts', 'strings/strings.go'),
  row('strings.Fields', 'buffer', 'slice of the fields', 'strings/strings.go'),
  row('strings.Join', 'buffer', 'joined string', 'strings/strings.go'),
  row('strings.Repeat', 'buffer', 'repeated string', 'strings/strings.go'),
  row('bytes.Repeat', 'buffer', 'repeated bytes', 'bytes/bytes.go'),
  row('strings.ReplaceAll', 'copy', 'string with the replacements', 'strings/strings.go', 'conditional', 'there is something to replace'),
  row('strings.Replace', 'copy', 'string with the replacements', 'strings/strings.go', 'conditional', 'there is something to replace'),
  row('strings.ToLower', 'copy', 'string in lower case', 'strings/strings.go', 'conditional', 'a letter changes'),
  row('strings.ToUpper', 'copy', 'string in upper case', 'strings/strings.go', 'conditional', 'a letter changes'),
  row('strconv.Itoa', 'format', 'digits of a number', 'strconv/number.go', 'conditional', 'the number is not between 0 and 99'),
  row('strconv.Quote', 'format', 'quoted string', 'strconv/quote.go'),
  row('strconv.FormatInt', 'format', 'digits of a number', 'strconv/number.go', 'conditional', 'the number is not between 0 and 99'),
  row('strings.SplitAfter', 'buffer', 'slice of the parts', 'strings/strings.go'),
  row('strings.FieldsFunc', 'buffer', 'slice of the fields', 'strings/strings.go'),
  row('strings.Map', 'copy', 'string with the replacements', 'strings/strings.go', 'conditional', 'a character changes'),
  row('strings.(*Builder).Grow', 'growth', 'larger array behind the builder', 'strings/builder.go', 'conditional', 'the capacity left is less'),
  row('strings.(*Builder).Write', 'growth', 'larger array behind the builder', 'strings/builder.go', 'conditional', 'the capacity is used up'),
  row('strings.(*Builder).WriteByte', 'growth', 'larger array behind the builder', 'strings/builder.go', 'conditional', 'the capacity is used up'),
  row('strings.(*Builder).WriteRune', 'growth', 'larger array behind the builder', 'strings/builder.go', 'conditional', 'the capacity is used up'),
  row('strings.(*Builder).WriteString', 'growth', 'larger array behind the builder', 'strings/builder.go', 'conditional', 'the capacity is used up'),
  row('bytes.(*Buffer).Grow', 'growth', 'larger array behind the buffer', 'bytes/buffer.go', 'conditional', 'the capacity left is less'),
  row('bytes.(*Buffer).Write', 'growth', 'larger array behind the buffer', 'bytes/buffer.go', 'conditional', 'the capacity is used up'),
  row('bytes.(*Buffer).WriteByte', 'growth', 'larger array behind the buffer', 'bytes/buffer.go', 'conditional', 'the capacity is used up'),
  row('bytes.(*Buffer).WriteRune', 'growth', 'larger array behind the buffer', 'bytes/buffer.go', 'conditional', 'the capacity is used up'),
  row('bytes.(*Buffer).WriteString', 'growth', 'larger array behind the buffer', 'bytes/buffer.go', 'conditional', 'the capacity is used up'),
  row('bytes.(*Buffer).String', 'copy', 'string copied from the buffer', 'bytes/buffer.go', 'conditional', 'the buffer is not empty'),
  row('strconv.Atoi', 'error', 'error about the text', 'strconv/number.go', 'conditional', 'the text is not such a number'),
  row('strconv.ParseBool', 'error', 'error about the text', 'strconv/number.go', 'conditional', 'the text is not a truth value'),
  row('strconv.ParseFloat', 'error', 'error about the text', 'strconv/number.go', 'conditional', 'the text is not such a number'),
  row('strconv.ParseInt', 'error', 'error about the text', 'strconv/number.go', 'conditional', 'the text is not such a number'),
  row('strconv.ParseUint', 'error', 'error about the text', 'strconv/number.go', 'conditional', 'the text is not such a number'),
  row('strconv.FormatFloat', 'format', 'digits of a number', 'strconv/number.go'),
  row('strconv.FormatUint', 'format', 'digits of a number', 'strconv/number.go', 'conditional', 'the number is above 99'),
  row('strconv.AppendInt', 'growth', 'larger array behind the slice', 'strconv/number.go', 'conditional', 'the capacity is used up'),
  row('strconv.AppendUint', 'growth', 'larger array behind the slice', 'strconv/number.go', 'conditional', 'the capacity is used up'),
  row('strconv.AppendFloat', 'growth', 'larger array behind the slice', 'strconv/number.go', 'conditional', 'the capacity is used up'),
  row('strconv.AppendQuote', 'growth', 'larger array behind the slice', 'strconv/quote.go', 'conditional', 'the capacity is used up'),
  row('strconv.Unquote', 'copy', 'string without quotes', 'strconv/quote.go', 'conditional', 'it holds escapes'),
  row('encoding/json.Marshal', 'buffer', 'bytes of the document', 'encoding/json/encode.go'),
  row('encoding/json.MarshalIndent', 'buffer', 'bytes of the document', 'encoding/json/encode.go'),
  row('encoding/json.Unmarshal', 'callee', 'state of the decoder, and the values that it makes', 'encoding/json/decode.go'),
  row('encoding/json.(*Decoder).Decode', 'callee', 'what it reads, and the values that it makes', 'encoding/json/stream.go', 'conditional', 'its buffer is too small, or the value needs memory'),
  row('encoding/json.(*Encoder).Encode', 'callee', 'state of the encoder', 'encoding/json/stream.go', 'conditional', 'no state of an earlier call is free'),
  row('encoding/hex.EncodeToString', 'copy', 'string of hexadecimal digits', 'encoding/hex/hex.go'),
  row('encoding/hex.DecodeString', 'buffer', 'decoded bytes', 'encoding/hex/hex.go'),
  row('encoding/base64.(*Encoding).EncodeToString', 'copy', 'encoded string', 'encoding/base64/base64.go'),
  row('encoding/base64.(*Encoding).DecodeString', 'buffer', 'decoded bytes', 'encoding/base64/base64.go'),
  row('regexp.Compile', 'callee', 'compiled regular expression', 'regexp/regexp.go'),
  row('regexp.MustCompile', 'callee', 'compiled regular expression', 'regexp/regexp.go'),
  row('context.WithCancel', 'callee', 'context, and what cancels it', 'context/context.go'),
  row('context.WithTimeout', 'callee', 'context, and what cancels it', 'context/context.go'),
  row('context.WithDeadline', 'callee', 'context, and what cancels it', 'context/context.go'),
  row('context.WithValue', 'callee', 'context that holds the value', 'context/context.go'),
  row('time.After', 'channel', 'timer with its channel', 'time/sleep.go'),
  row('time.NewTimer', 'channel', 'timer with its channel', 'time/sleep.go'),
  row('time.NewTicker', 'channel', 'ticker with its channel', 'time/tick.go'),
  row('time.AfterFunc', 'callee', 'timer', 'time/sleep.go'),
  row('time.Time.Format', 'format', 'formatted time', 'time/format.go'),
  row('time.Time.String', 'format', 'formatted time', 'time/format.go'),
  row('time.Duration.String', 'format', 'formatted duration', 'time/time.go', 'conditional', 'the string leaves the function that asks for it'),
  row('reflect.New', 'callee', 'value of the type', 'reflect/value.go'),
  row('reflect.Value.Interface', 'copy', 'copy of the value for the interface', 'reflect/value.go', 'conditional', 'the value is a method, or can be set and is not a single pointer'),
  row('reflect.Value.Set', 'callee', 'interface that holds the value', 'reflect/value.go', 'conditional', 'the target is an interface and the value is not'),
  row('reflect.Value.Addr', 'callee', 'type of the pointer', 'reflect/value.go', 'conditional', 'no such type is known yet'),
  row('reflect.PointerTo', 'callee', 'type of the pointer', 'reflect/type.go', 'conditional', 'no such type is known yet'),
  row('net.ParseIP', 'buffer', 'bytes of the address', 'net/ip.go'),
  row('net/url.(*URL).String', 'format', 'text of the address', 'net/url/url.go', 'conditional', 'the address is not empty'),
  row('net/url.QueryEscape', 'copy', 'escaped string', 'net/url/url.go', 'conditional', 'a character must be escaped'),
  row('net/url.PathEscape', 'copy', 'escaped string', 'net/url/url.go', 'conditional', 'a character must be escaped'),
  row('net/url.QueryUnescape', 'copy', 'string without escapes', 'net/url/url.go', 'conditional', 'a character is escaped'),
  row('net/url.PathUnescape', 'copy', 'string without escapes', 'net/url/url.go', 'conditional', 'a character is escaped'),
  row('os.ReadFile', 'buffer', 'contents of the file', 'os/file.go'),
  row('os.Stat', 'callee', 'description of the file, or an error', 'os/stat.go'),
  row('os.Lstat', 'callee', 'description of the file, or an error', 'os/stat.go'),
  row('os.Open', 'callee', 'handle of the file, or an error', 'os/file.go'),
  row('os.Create', 'callee', 'handle of the file, or an error', 'os/file.go'),
  row('os.OpenFile', 'callee', 'handle of the file, or an error', 'os/file.go'),
  row('io.ReadAll', 'buffer', 'bytes that are read', 'io/io.go'),
  row('io.Copy', 'buffer', 'buffer for copying', 'io/io.go', 'conditional', 'neither side copies by itself'),
  row('path.Join', 'buffer', 'joined path', 'path/path.go', 'conditional', 'an element is not empty'),
  row('path/filepath.Join', 'buffer', 'joined path', 'path/filepath/path.go', 'conditional', 'there are several elements, or one that is cleaned'),
  row('sync.(*Map).Load', 'callee', 'root of the map', 'sync/map.go', 'conditional', 'the map was not used before'),
  row('sync.(*Map).Store', 'callee', 'entry of the map', 'sync/map.go'),
  row('sync.(*Map).LoadOrStore', 'callee', 'entry of the map', 'sync/map.go', 'conditional', 'the key is new'),
  row('sync.(*Map).Swap', 'callee', 'entry of the map', 'sync/map.go'),
  row('sync.(*Map).CompareAndSwap', 'callee', 'entry of the map', 'sync/map.go', 'conditional', 'the value is swapped'),
  row('sync.(*Map).Range', 'callee', 'root of the map', 'sync/map.go', 'conditional', 'the map was not used before'),
  row('sync.(*Map).Delete', 'callee', 'root of the map', 'sync/map.go', 'conditional', 'the map was not used before'),
  row('sync.(*Map).LoadAndDelete', 'callee', 'root of the map', 'sync/map.go', 'conditional', 'the map was not used before'),
  row('sync.(*Map).CompareAndDelete', 'callee', 'root of the map', 'sync/map.go', 'conditional', 'the map was not used before'),
  row('sync.(*Map).Clear', 'callee', 'root of the map', 'sync/map.go'),
  row('maps.Clone', 'buffer', 'copy of the map', 'maps/maps.go', 'conditional', 'the map is not nil'),
  row('slices.Clone', 'copy', 'copy of the slice', 'slices/slices.go', 'conditional', 'the slice is not empty'),
  row('sync.(*Pool).Get', 'callee', 'value that the pool makes', 'sync/pool.go', 'conditional', 'the pool is empty'),
  row('sync.(*Pool).Put', 'growth', 'room for the value in the pool', 'sync/pool.go', 'conditional', 'the pool has no room left'),
  // Made by the runtime, behind declarations without a body.
  row('internal/bytealg.MakeNoZero', 'buffer', 'array behind the bytes', 'internal/bytealg/bytealg.go'),
  row('maps.clone', 'buffer', 'copy of the map', 'maps/maps.go'),
  row('time.newTimer', 'callee', 'timer', 'time/sleep.go'),
  row('reflect.unsafe_New', 'callee', 'value of the type', 'reflect/value.go'),
  row('reflect.unsafe_NewArray', 'buffer', 'array of the type', 'reflect/value.go'),
  row('reflect.makechan', 'channel', 'channel', 'reflect/value.go'),
  row('reflect.makemap', 'buffer', 'map', 'reflect/value.go'),
  row('reflect.mapassign0', 'growth', 'room for entries of the map', 'reflect/value.go', 'conditional', 'the key is new and the table has no room'),
  row('reflect.mapassign_faststr0', 'growth', 'room for entries of the map', 'reflect/value.go', 'conditional', 'the key is new and the table has no room'),
  row('reflect.growslice', 'growth', 'larger array behind the slice', 'reflect/value.go'),
  row('internal/reflectlite.unsafe_New', 'callee', 'value of the type', 'internal/reflectlite/value.go'),
];

const byPath = new Map(goStandardLibrary.map((entry) => [entry.path, entry]));

const packages = new Set(goStandardLibrary.map(({ path }) => path.slice(0, path.indexOf('.', path.lastIndexOf('/') + 1))));

/** Whether any function of a package has a row. */
export function hasModels(packagePath: string): boolean {
  return packages.has(packagePath);
}

/** The row of a function, or undefined. */
export function goModelOf(path: string): ModelRow | undefined {
  return byPath.get(path);
}
