// Command generated-code prints a name that go generate made.
package main

import "fmt"

//go:generate go run ./internal/names

func main() {
	fmt.Println("generated", Name)
}
