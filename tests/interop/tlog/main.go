// Command tlog answers questions about notes and trees with the packages that the Go checksum database uses.
//
// One JSON object a line on stdin, one answer a line on stdout: {"ok": true, …} or {"error": "…"}.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Ask     string
	Note    string
	Vkey    string
	Skey    string
	Text    string
	Entries [][]byte
	Entry   []byte
	Index   int64
	Size    int64
	Root    []byte
	OldSize int64
	OldRoot []byte
	Proof   [][]byte
}

type answer struct {
	OK        bool     `json:"ok"`
	Error     string   `json:"error,omitempty"`
	Text      string   `json:"text,omitempty"`
	Name      string   `json:"name,omitempty"`
	Roots     [][]byte `json:"roots,omitempty"`
	Inclusion [][]byte `json:"inclusion,omitempty"`
	Prefix    [][]byte `json:"prefix,omitempty"`
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.More() {
		var asked question
		if err := in.Decode(&asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		told, err := reply(asked)
		if err != nil {
			told = answer{Error: err.Error()}
		} else {
			told.OK = true
		}
		if err := out.Encode(told); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}

func reply(asked question) (answer, error) {
	switch asked.Ask {
	case "open":
		return open(asked)
	case "sign":
		return sign(asked)
	case "roots":
		return roots(asked)
	case "prove":
		return prove(asked)
	case "record":
		return answer{}, tlog.CheckRecord(hashes(asked.Proof), asked.Size, hash(asked.Root), asked.Index, tlog.RecordHash(asked.Entry))
	case "tree":
		return answer{}, tlog.CheckTree(hashes(asked.Proof), asked.Size, hash(asked.Root), asked.OldSize, hash(asked.OldRoot))
	}
	return answer{}, errors.New("no such question")
}

func open(asked question) (answer, error) {
	verifier, err := note.NewVerifier(asked.Vkey)
	if err != nil {
		return answer{}, err
	}
	opened, err := note.Open([]byte(asked.Note), note.VerifierList(verifier))
	if err != nil {
		return answer{}, err
	}
	return answer{Text: opened.Text, Name: opened.Sigs[0].Name}, nil
}

func sign(asked question) (answer, error) {
	signer, err := note.NewSigner(asked.Skey)
	if err != nil {
		return answer{}, err
	}
	signed, err := note.Sign(&note.Note{Text: asked.Text}, signer)
	return answer{Text: string(signed)}, err
}

// stored is the storage of a tree in memory.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s[index]
	}
	return found, nil
}

func grow(entries [][]byte, each func(stored, int64) error) (stored, error) {
	var tree stored
	for i, entry := range entries {
		more, err := tlog.StoredHashes(int64(i), entry, tree)
		if err != nil {
			return nil, err
		}
		tree = append(tree, more...)
		if err := each(tree, int64(i)+1); err != nil {
			return nil, err
		}
	}
	return tree, nil
}

// roots of the trees of the first 1, 2, … entries.
func roots(asked question) (answer, error) {
	var told answer
	_, err := grow(asked.Entries, func(tree stored, size int64) error {
		root, err := tlog.TreeHash(size, tree)
		told.Roots = append(told.Roots, root[:])
		return err
	})
	return told, err
}

// prove gives the proofs for one entry and for one older size of the tree of all entries.
func prove(asked question) (answer, error) {
	tree, err := grow(asked.Entries, func(stored, int64) error { return nil })
	if err != nil {
		return answer{}, err
	}
	size := int64(len(asked.Entries))
	record, err := tlog.ProveRecord(size, asked.Index, tree)
	if err != nil {
		return answer{}, err
	}
	prefix, err := tlog.ProveTree(size, asked.OldSize, tree)
	return answer{Inclusion: raw(record), Prefix: raw(prefix)}, err
}

func raw(proof []tlog.Hash) [][]byte {
	plain := make([][]byte, len(proof))
	for i := range proof {
		plain[i] = proof[i][:]
	}
	return plain
}

func hash(data []byte) (h tlog.Hash) {
	copy(h[:], data)
	return h
}

func hashes(data [][]byte) []tlog.Hash {
	all := make([]tlog.Hash, len(data))
	for i := range data {
		all[i] = hash(data[i])
	}
	return all
}
