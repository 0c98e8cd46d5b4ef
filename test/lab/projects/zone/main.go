// Command zone needs the zone database.
package main

import (
	"fmt"
	"log"
	"time"
)

func main() {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).In(zone).Format("zone 15:04"))
}
