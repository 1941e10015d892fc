// Stands in for @vscode/native-watchdog, which has to be compiled: ends this process when the one that started it is gone.
/* global process, setInterval */
exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(0);
    }
  }, 1000).unref();
};
exports.exit = (code) => process.exit(code || 0);
