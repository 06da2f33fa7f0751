//! @name@: reads a sensor and prints what it says. No allocator.

/// Value of a channel in milli-units (1000 is 1.0).
extern "sensor" fn read(channel: i32) i32;
/// Writes text to the board's console.
extern "console" fn print(text: [*]const u8, length: i32) void;

var line: [32]u8 = undefined;
var length: usize = 0;

fn put(byte: u8) void {
    if (length < line.len) {
        line[length] = byte;
        length += 1;
    }
}

fn putNumber(value: u32, digits: u32) void {
    var divisor: u32 = 1;
    var count: u32 = 1;
    while (count < digits or value / divisor >= 10) : (count += 1) divisor *= 10;
    while (divisor != 0) : (divisor /= 10) put('0' + @as(u8, @intCast(value / divisor % 10)));
}

/// Takes that many readings. Returns the highest, in milli-units.
export fn run(readings: i32) i32 {
    var highest: i32 = 0;
    var i: i32 = 0;
    while (i < readings) : (i += 1) {
        const value = read(0);
        if (value > highest) highest = value;
        length = 0;
        for ("reading ") |byte| put(byte);
        putNumber(@intCast(@divTrunc(value, 1000)), 1);
        put('.');
        putNumber(@intCast(@rem(value, 1000)), 3);
        put('\n');
        print(&line, @intCast(length));
    }
    return highest;
}

/// What a board starts from its flash.
export fn _start() void {
    _ = run(10);
}
