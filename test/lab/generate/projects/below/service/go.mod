module example.com/below/service

go 1.26
