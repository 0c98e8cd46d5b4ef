// Command cxx calls C++.
package main

// #include "length.h"
import "C"

import "fmt"

func main() {
	fmt.Printf("cxx %d\n", int(C.length(42)))
}
