// Command ssh-server gives the bare repositories below a folder to whoever has one key, on loopback.
//
//	ssh-server ADDRESS FOLDER AUTHORIZED-KEY-FILE
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"golang.org/x/crypto/ssh"
)

var uploadPack = regexp.MustCompile(`^git-upload-pack '/?([\w.-]+\.git)'$`)

func configuration(authorizedFile string) (*ssh.ServerConfig, error) {
	text, err := os.ReadFile(authorizedFile)
	if err != nil {
		return nil, err
	}
	authorized, _, _, _, err := ssh.ParseAuthorizedKey(text)
	if err != nil {
		return nil, err
	}
	config := &ssh.ServerConfig{
		PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if string(key.Marshal()) != string(authorized.Marshal()) {
				return nil, errors.New("another key")
			}
			return nil, nil
		},
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return nil, err
	}
	config.AddHostKey(signer)
	return config, nil
}

// upload runs the one command that is allowed and returns its exit status.
func upload(channel ssh.Channel, folder, asked string) uint32 {
	match := uploadPack.FindStringSubmatch(asked)
	if match == nil {
		fmt.Fprintf(channel.Stderr(), "not here: %s\n", asked)
		return 1
	}
	command := exec.Command("git-upload-pack", filepath.Join(folder, match[1]))
	command.Stdout, command.Stderr = channel, channel.Stderr()
	input, err := command.StdinPipe()
	if err != nil {
		return 1
	}
	go func() {
		defer input.Close()
		buffer := make([]byte, 32*1024)
		for {
			n, err := channel.Read(buffer)
			if _, werr := input.Write(buffer[:n]); err != nil || werr != nil {
				return
			}
		}
	}()
	if err := command.Run(); err != nil {
		return 1
	}
	return 0
}

func session(channel ssh.Channel, requests <-chan *ssh.Request, folder string) {
	defer channel.Close()
	for request := range requests {
		if request.Type != "exec" {
			request.Reply(request.Type == "env", nil)
			continue
		}
		var asked struct{ Command string }
		if ssh.Unmarshal(request.Payload, &asked) != nil {
			return
		}
		request.Reply(true, nil)
		status := binary.BigEndian.AppendUint32(nil, upload(channel, folder, asked.Command))
		channel.SendRequest("exit-status", false, status)
		return
	}
}

func serve(conn net.Conn, config *ssh.ServerConfig, folder string) {
	_, channels, requests, err := ssh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for asked := range channels {
		if asked.ChannelType() != "session" {
			asked.Reject(ssh.UnknownChannelType, "sessions only")
			continue
		}
		channel, requests, err := asked.Accept()
		if err != nil {
			return
		}
		go session(channel, requests, folder)
	}
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: ssh-server ADDRESS FOLDER AUTHORIZED-KEY-FILE")
	}
	config, err := configuration(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening")
	for {
		conn, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(conn, config, os.Args[2])
	}
}
