package greeting

import (
	"testing"
	"time"
)

func TestFor(t *testing.T) {
	for hour, want := range map[int]string{
		9:  "Good morning, Ada!",
		14: "Good afternoon, Ada!",
		22: "Good evening, Ada!",
	} {
		if got := For("Ada", time.Date(2026, 11, 21, hour, 0, 0, 0, time.UTC)); got != want {
			t.Errorf("at %d: got %q, want %q", hour, got, want)
		}
	}
}
