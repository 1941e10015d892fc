package small

import "sort"

type entry struct {
	name   string
	amount int
}

type ledger struct {
	entries []entry
	byName  map[string]*entry
}

func open() *ledger {
	return &ledger{byName: make(map[string]*entry)}
}

func (l *ledger) add(name string, amount int) {
	l.entries = append(l.entries, entry{name, amount})
	l.byName[name] = &entry{name, amount}
}

func (l *ledger) find(key []byte) *entry {
	return l.byName[string(key)]
}

func (l *ledger) names() []string {
	names := make([]string, 0, len(l.entries))
	for i := range l.entries {
		names = append(names, l.entries[i].name)
	}
	sort.Strings(names)
	return names
}

func total(entries ...entry) int {
	sum := 0
	for _, e := range entries {
		sum += e.amount
	}
	return sum
}

func two(a, b entry) int {
	return total(a, b)
}

func label(e entry) string {
	return e.name + ":"
}

func boxed(e entry) any {
	return e
}

func later(e entry) func() int {
	return func() int { return e.amount }
}

func now(e entry) int {
	f := func() int { return e.amount }
	return f()
}

func local() int {
	e := &entry{amount: 1}
	return e.amount
}
