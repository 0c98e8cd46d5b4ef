// Package greet lies beside the program that needs it.
package greet

// To says hello.
func To(name string) string { return "hello " + name }
