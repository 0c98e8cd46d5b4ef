// Command ignored embeds what an old .dockerignore hides.
package main

import (
	_ "embed"
	"fmt"
)

//go:embed assets/page.txt
var page string

func main() {
	fmt.Println("ignored", page)
}
