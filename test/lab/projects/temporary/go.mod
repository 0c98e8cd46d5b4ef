module example.com/temporary

go 1.21
