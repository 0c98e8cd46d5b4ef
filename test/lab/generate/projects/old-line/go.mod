module example.com/old-line

go 1.16
