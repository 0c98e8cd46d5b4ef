// Command system-library packs bytes with zlib of the distribution.
package main

/*
#cgo LDFLAGS: -lz
#include <zlib.h>
*/
import "C"

import "fmt"

func main() {
	fmt.Println("zlib", C.GoString(C.zlibVersion())[:2])
}
