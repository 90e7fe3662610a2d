// Command tlogproof checks evidence as somebody would who has none of our code.
//
//	tlogproof VKEY entry-N.json entry-N.tlog-proof
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := check(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "not proven:", err)
		os.Exit(1)
	}
}

func check(vkey, headFile, proofFile string) error {
	head, err := os.ReadFile(headFile)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	var evidence proof.TLogProof
	if err := evidence.Unmarshal(text); err != nil {
		return err
	}
	if !bytes.Equal(evidence.Marshal(), text) {
		return errors.New("not written as it is read")
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	origin, _, _ := strings.Cut(vkey, "+")
	checkpoint, _, _, err := log.ParseCheckpoint(evidence.Checkpoint, origin, verifier)
	if err != nil {
		return err
	}
	path := make(tlog.RecordProof, len(evidence.Hashes))
	for i, hash := range evidence.Hashes {
		path[i] = hash
	}
	index, size := int64(evidence.Index), int64(checkpoint.Size)
	if err := tlog.CheckRecord(path, size, tlog.Hash(checkpoint.Hash), index, tlog.RecordHash(head)); err != nil {
		return err
	}
	fmt.Printf("entry %d of %s at size %d\n", index, origin, size)
	return nil
}
