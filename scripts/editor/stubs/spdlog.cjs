// Stands in for @vscode/spdlog, which has to be compiled: the same interface, each line appended to its file.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  constructor(name, filepath) {
    this.filepath = filepath;
    this.level = 2;
    this.bare = false;
    fs.mkdirSync(path.dirname(filepath), { recursive: true });
  }
  write(level, message) {
    if (level < this.level) return;
    const line = this.bare ? message : `${new Date().toISOString()} [${levels[level]}] ${message}\n`;
    try {
      fs.appendFileSync(this.filepath, line);
    } catch {
      // The folder is removed at the end of a run, while the editor still writes its last lines.
    }
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.bare = true; }
  flush() {}
  drop() {}
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, filepath) => new Logger(name, filepath);
exports.createAsyncRotatingLogger = async (name, filepath) => new Logger(name, filepath);
