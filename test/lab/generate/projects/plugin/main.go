// Command plugin opens a plugin that is not there: what counts is that it can try.
package main

import (
	"fmt"
	"plugin"
)

func main() {
	_, err := plugin.Open("/nowhere.so")
	fmt.Println("plugin", err)
}
