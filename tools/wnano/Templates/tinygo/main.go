// @name@: reads a sensor and prints what it says. Nothing is allocated.
package main

import "unsafe"

// Value of a channel in milli-units (1000 is 1.0).
//
//go:wasmimport sensor read
func sensorRead(channel int32) int32

// Writes text to the board's console.
//
//go:wasmimport console print
func consolePrint(text unsafe.Pointer, length int32)

var line [32]byte
var length int

func put(b byte) {
	if length < len(line) {
		line[length] = b
		length++
	}
}

func putNumber(value uint32, digits int) {
	divisor := uint32(1)
	for count := 1; count < digits || value/divisor >= 10; count++ {
		divisor *= 10
	}
	for ; divisor != 0; divisor /= 10 {
		put(byte('0' + value/divisor%10))
	}
}

// Takes that many readings. Returns the highest, in milli-units.
//
//go:wasmexport run
func run(readings int32) int32 {
	highest := int32(0)
	for i := int32(0); i < readings; i++ {
		value := sensorRead(0)
		if value > highest {
			highest = value
		}
		length = 0
		for _, b := range []byte("reading ") {
			put(b)
		}
		putNumber(uint32(value/1000), 1)
		put('.')
		putNumber(uint32(value%1000), 3)
		put('\n')
		consolePrint(unsafe.Pointer(&line), int32(length))
	}
	return highest
}

func main() {}
