// User settings of the editors that this project starts.

/** Keeps a fresh editor quiet: no welcome, no telemetry, no look-ups, no assistant, nothing saved unasked. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** On top of these, for tests: nothing moves by itself, and what is typed is what gets into the file. */
export const testSettings = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoIndent': 'none',
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'editor.parameterHints.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.stickyScroll.enabled': false,
  'editor.suggestOnTriggerCharacters': false,
  'files.hotExit': 'off',
  'workbench.colorTheme': 'Dark Modern',
  // settings.json opens as any other file.
  'workbench.editor.useModal': 'off',
  'workbench.reduceMotion': 'on',
};
