// Command certificates looks at what it could trust, and calls a server when it is given one.
package main

import (
	"crypto/x509"
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	pool, err := x509.SystemCertPool()
	if err != nil {
		log.Fatal(err)
	}
	if pool.Equal(x509.NewCertPool()) {
		log.Fatal("no certificates")
	}
	fmt.Println("certificates found")
	if len(os.Args) > 1 {
		response, err := http.Get("https://" + os.Args[1])
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(response.Status)
	}
}
