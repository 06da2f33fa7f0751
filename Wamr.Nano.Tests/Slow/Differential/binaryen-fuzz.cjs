// SPDX-License-Identifier: MIT
// Makes random modules with wasm-opt --translate-to-fuzz: the tool is loaded once and its main called for each seed.
// node binaryen-fuzz.cjs <wasm-opt> <scratch folder> <first seed> <count> <flags...>
// Output: each module behind its size, a little-endian number of 32 bits.
'use strict';
const fs = require('fs');
const path = require('path');

const [tool, folder, first, count, ...flags] = process.argv.slice(2);
const input = path.join(folder, 'input'), output = path.join(folder, 'module.wasm');

// What the package ships is a program: its file says #! at the top and keeps callMain to itself.
const source = `${fs.readFileSync(tool, 'utf8').replace(/^#!.*/, '')}\nModule.callMain = callMain;`;
const Module = { noInitialRun: true, print() { }, printErr: text => process.stderr.write(`${text}\n`) };
Module.onRuntimeInitialized = () => setImmediate(run);
new Function('Module', 'require', '__filename', '__dirname', 'module', source)(Module, require, tool, path.dirname(tool), {});

function run() {
    for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
        fs.writeFileSync(input, noise(seed));
        fs.rmSync(output, { force: true });
        // Random optimisations give code other shapes; they take as long as all the rest.
        const passes = seed % 3 === 0 ? ['--fuzz-passes'] : [];
        if (Module.callMain([input, '--translate-to-fuzz', ...passes, '-o', output, ...flags]) !== 0) throw new Error(`wasm-opt failed on seed ${seed}`);
        const made = fs.readFileSync(output), size = Buffer.alloc(4);
        size.writeUInt32LE(made.length);
        fs.writeSync(1, size);
        fs.writeSync(1, made);
    }
    process.exit(0);
}

/** Random bytes, mostly a few thousand: the more, the larger the module. */
function noise(seed) {
    let state = Math.imul(seed, 0x9E3779B1);
    const next = () => {
        state = (state + 0x6D2B79F5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return (t ^ (t >>> 14)) >>> 0;
    };
    const bytes = Buffer.alloc(100 + next() % (next() % 10 === 0 ? 20000 : 3000));
    for (let n = 0; n < bytes.length; n++) bytes[n] = next();
    return bytes;
}
