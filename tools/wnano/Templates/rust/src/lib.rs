//! @name@: reads a sensor and prints what it says. No standard library, no allocator.
#![no_std]

#[link(wasm_import_module = "sensor")]
extern "C" {
    /// Value of a channel in milli-units (1000 is 1.0).
    fn read(channel: i32) -> i32;
}

#[link(wasm_import_module = "console")]
extern "C" {
    /// Writes text to the board's console.
    fn print(text: *const u8, length: i32);
}

/// A line of text that is built in place.
struct Line {
    text: [u8; 32],
    length: usize,
}

impl Line {
    fn put(&mut self, byte: u8) {
        if self.length < self.text.len() {
            self.text[self.length] = byte;
            self.length += 1;
        }
    }

    fn text(&mut self, text: &[u8]) {
        for byte in text {
            self.put(*byte);
        }
    }

    fn number(&mut self, value: u32, digits: u32) {
        let mut divisor = 1;
        let mut count = 1;
        while count < digits || value / divisor >= 10 {
            divisor *= 10;
            count += 1;
        }
        while divisor != 0 {
            self.put(b'0' + (value / divisor % 10) as u8);
            divisor /= 10;
        }
    }
}

/// Takes that many readings. Returns the highest, in milli-units.
#[no_mangle]
pub extern "C" fn run(readings: i32) -> i32 {
    let mut highest = 0;
    for _ in 0..readings {
        let value = unsafe { read(0) };
        if value > highest {
            highest = value;
        }
        let mut line = Line { text: [0; 32], length: 0 };
        line.text(b"reading ");
        line.number((value / 1000) as u32, 1);
        line.put(b'.');
        line.number((value % 1000) as u32, 3);
        line.put(b'\n');
        unsafe { print(line.text.as_ptr(), line.length as i32) };
    }
    highest
}

/// What a board starts from its flash.
#[no_mangle]
pub extern "C" fn _start() {
    run(10);
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
