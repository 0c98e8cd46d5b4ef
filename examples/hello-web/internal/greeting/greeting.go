// Package greeting finds the words for a time of day.
package greeting

import "time"

// For returns what one says to name at the given time.
func For(name string, now time.Time) string {
	switch hour := now.Hour(); {
	case hour < 12:
		return "Good morning, " + name + "!"
	case hour < 18:
		return "Good afternoon, " + name + "!"
	default:
		return "Good evening, " + name + "!"
	}
}
