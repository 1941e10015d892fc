// Command orders makes an order.
package main

import (
	"example.org/orders/api"
	"example.org/orders/store"
)

func main() {
	println(api.Create(1, "tea", "bread"))
	println(api.Has(1), store.Label(2))
}
