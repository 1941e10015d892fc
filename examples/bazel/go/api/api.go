// Package api answers requests.
package api

import "example.org/orders/store"

// Create makes an order and keeps it.
func Create(id int, items ...string) string {
	order := store.Order{ID: id, Items: items}
	store.Put(&order)
	return store.Label(id)
}

// Has asks whether there is an order.
func Has(id int) bool { return store.Known(id) }
