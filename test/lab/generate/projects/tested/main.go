// Command tested doubles a number.
package main

import "fmt"

func main() {
	fmt.Println("tested", double(21))
}

func double(n int) int { return 2 * n }
