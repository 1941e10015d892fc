// What the editor must show: each `hint:` is the hint of its line, and every other line has none.
package main

type record struct{ value int }

func bump(r *record) { r.value++ }

func bumpLater(r *record, done chan struct{}) {
	go func() {
		r.value += 1
		close(done)
	}() // hint: ⬢ closure | ⬢ task
}

func squares(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i*i) // hint: ⬡ grows ×loop
	}
	return all
}

func main() {
	var near record
	bump(&near)

	var far record                // hint: ⬢ escapes 8 B
	done := make(chan struct{}) // hint: ⬢ channel
	bumpLater(&far, done)
	<-done

	table := make(map[string]int, 100) // hint: ⬢ buffer
	table["far"] = far.value           // hint: ⬡ grows
	println(len(squares(near.value)), len(table))
}
