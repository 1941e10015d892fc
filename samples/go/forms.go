package main

import (
	"fmt"
	"sort"
)

type ship struct {
	name   string
	tonnes int
}

type namer interface{ title() string }

func (s ship) title() string { return s.name }

func greeting(name string, times int) string {
	line := ""
	for i := 0; i < times; i++ {
		line += "hello, " + name + "\n"
	}
	return line
}

func berths(n int) map[int]*ship {
	quay := make(map[int]*ship, n)
	for i := range n {
		quay[i] = &ship{tonnes: i * 100}
	}
	return quay
}

func sorted(quay map[int]*ship) []int {
	var keys []int
	for k := range quay {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	return keys
}

func describe(s ship) (namer, func() string, error) {
	if s.name == "" {
		return nil, nil, fmt.Errorf("a ship of %d tonnes without a name", s.tonnes)
	}
	return s, func() string { return s.name }, nil
}

func bytesOf(s string) []byte { return []byte(s) }

func known(index map[string]int, key []byte) int { return index[string(key)] } // free: the key is only looked up
