// Package greet lies outside the build context of the program.
package greet

// Hello greets somebody.
func Hello(name string) string {
	return "hello " + name
}
