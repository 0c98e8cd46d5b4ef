// Command node-build serves a page that Node makes.
package main

import (
	"embed"
	"fmt"
)

//go:embed all:frontend/dist
var pages embed.FS

func main() {
	page, err := pages.ReadFile("frontend/dist/index.html")
	fmt.Println("node-build", string(page), err)
}
