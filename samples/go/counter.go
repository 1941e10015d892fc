package main

// Two functions that look alike. One only writes through its parameter; the other lets a goroutine do so later.

type counter struct{ value int }

func add(r *counter) {
	r.value++
}

func addLater(r *counter, done chan<- struct{}) {
	go func() {
		r.value += 1
		done <- struct{}{}
	}()
}
