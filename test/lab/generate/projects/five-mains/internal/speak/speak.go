// Package speak is what the programs share.
package speak

import "fmt"

// Of is one line about a program.
func Of(name string, uid int) string {
	return fmt.Sprintf("%s uid=%d", name, uid)
}
