module example.com/version/v2

go 1.21
