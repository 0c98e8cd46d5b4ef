module example.com/tooled

go 1.21

require example.com/tool v1.0.0 // indirect
