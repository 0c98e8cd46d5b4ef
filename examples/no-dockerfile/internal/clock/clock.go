// Package clock knows what time it is elsewhere.
package clock

import (
	"fmt"
	"time"
)

// In returns the time in a zone of the zone database, such as Europe/Paris.
func In(zone string) (string, error) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return "", fmt.Errorf("unknown zone: %w", err)
	}
	return time.Now().In(location).Format(time.RFC3339), nil
}
