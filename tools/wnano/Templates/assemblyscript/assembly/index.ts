// @name@: reads a sensor and prints what it says. The runtime "stub" frees nothing: nothing is allocated here.

// They let the runtime see where the data end, so that no whole page of 64 KB is needed.
export { __heap_base, __data_end } from "memory";

/** Value of a channel in milli-units (1000 is 1.0). */
@external("sensor", "read")
declare function sensorRead(channel: i32): i32;

/** Writes text to the board's console. */
@external("console", "print")
declare function consolePrint(text: usize, length: i32): void;

/** A line of text at a fixed place. */
const line: usize = memory.data(32);
let length: i32 = 0;

function put(byte: u8): void {
  if (length < 32) store<u8>(line + length++, byte);
}

function putText(text: string): void {
  for (let i = 0; i < text.length; i++) put(<u8>text.charCodeAt(i));
}

function putNumber(value: u32, digits: i32): void {
  let divisor: u32 = 1;
  for (let count = 1; count < digits || value / divisor >= 10; count++) divisor *= 10;
  for (; divisor != 0; divisor /= 10) put(48 + <u8>((value / divisor) % 10));
}

/** Takes that many readings. Returns the highest, in milli-units. */
export function run(readings: i32): i32 {
  let highest = 0;
  for (let i = 0; i < readings; i++) {
    const value = sensorRead(0);
    if (value > highest) highest = value;
    length = 0;
    putText("reading ");
    putNumber(value / 1000, 1);
    put(46); // .
    putNumber(value % 1000, 3);
    put(10); // end of the line
    consolePrint(line, length);
  }
  return highest;
}

/** What a board starts from its flash. */
export function _start(): void {
  run(10);
}
