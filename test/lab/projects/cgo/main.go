// Command cgo calls C.
package main

// #include <stdlib.h>
import "C"

import "fmt"

func main() {
	fmt.Printf("cgo %d\n", int(C.abs(-42)))
}
