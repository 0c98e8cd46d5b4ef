// Command old-line was last touched when modules were new.
package main

import (
	"fmt"
	"io/ioutil"
	"log"
)

func main() {
	folder, err := ioutil.TempDir("", "old")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("old", folder != "")
}
