// Harbour shows every way in which Go code allocates heap memory. Run Heaplight over it.
package main

import "fmt"

func main() {
	var near counter // stays on the stack: add does not keep its address
	add(&near)

	var far counter // moves to the heap: a goroutine keeps its address
	done := make(chan struct{})
	addLater(&far, done)
	<-done

	fmt.Println(near.value, far.value, greeting("harbour", 3), len(berths(12)))
}
