// Strongly connected components of a call graph, callees first: the order in which functions are solved.

/** Edges of a graph over the vertices 0 … count-1: the targets of vertex v are `targets[offsets[v] … offsets[v+1]-1]`. */
export interface Graph {
  readonly count: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

/**
 * Calls `visit` with each strongly connected component, every component after those it reaches (Tarjan, iterative: depth of the graph
 * costs no stack). The members of a component come in ascending order.
 */
export function visitComponents(graph: Graph, visit: (members: readonly number[]) => void): void {
  const { count, offsets, targets } = graph;
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const edge = new Uint32Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  let next = 0;
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    path.push(root);
    while (path.length > 0) {
      const vertex = path[path.length - 1] as number;
      if (index[vertex] === -1) {
        index[vertex] = low[vertex] = next++;
        edge[vertex] = offsets[vertex] as number;
        stack.push(vertex);
        onStack[vertex] = 1;
      }
      const at = edge[vertex] as number;
      if (at < (offsets[vertex + 1] as number)) {
        edge[vertex] = at + 1;
        const target = targets[at] as number;
        if (index[target] === -1) path.push(target);
        else if (onStack[target]) low[vertex] = Math.min(low[vertex] as number, index[target] as number);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[vertex] as number);
      if (low[vertex] !== index[vertex]) continue;
      const members: number[] = [];
      for (;;) {
        const member = stack.pop() as number;
        onStack[member] = 0;
        members.push(member);
        if (member === vertex) break;
      }
      visit(members.length > 1 ? members.sort((a, b) => a - b) : members);
    }
  }
}
