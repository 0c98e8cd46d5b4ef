module example.com/certificates

go 1.21
