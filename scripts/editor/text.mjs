/**
 * VS Code shows no-break spaces for spaces.
 * @param {string} text
 */
export const plain = (text) => text.replaceAll('\u00a0', ' ');
