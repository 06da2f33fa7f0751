// SPDX-License-Identifier: MIT
// Runs a script of JavaScript: objects, closures, regular expressions, JSON, sorting, numbers.
#include "driver.h"
#include <duktape.h>

static const char script[] =
    "var out = [];\n"
    "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\n"
    "out.push(fib(15));\n"
    "var counts = {};\n"
    "TEXT.split(/[^a-z]+/).forEach(function (w) { counts[w] = (counts[w] || 0) + 1; });\n"
    "var order = Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });\n"
    "out.push(order.slice(0, 5).map(function (w) { return w + '=' + counts[w]; }).join());\n"
    "out.push(TEXT.substring(0, 60).replace(/(\\w+) (\\w+)/g, '$2 $1'));\n"
    "out.push(JSON.stringify({ a: [1, 2.5, null, true, '\\u00e9\\n'], b: { c: -0, d: 1e21, e: 1 / 3, f: undefined } }));\n"
    "out.push(JSON.stringify(JSON.parse('{\"x\":[{\"y\":[[],{}]}],\"z\":1e-7}')));\n"
    "out.push([10, 9, 1, 2].sort(), [3, 1, 2].reverse(), (255).toString(16), (0.1 + 0.2).toFixed(20), parseInt('0x1f'), parseFloat('3.14abc'));\n"
    "out.push(1 / 0, -1 % 3, 5 >>> 1, -5 >> 1, -5 >>> 28, ~7, 1 << 31, 2147483648 | 0, 0.1 + 0.7, 123456789012345680000);\n"
    "out.push(Math.sqrt(2), Math.floor(-1.5), Math.round(2.5), Math.max(1, NaN), Math.min());\n"
    "function Point(x, y) { this.x = x; this.y = y; }\n"
    "Point.prototype.length = function () { return Math.sqrt(this.x * this.x + this.y * this.y); };\n"
    "out.push(new Point(3, 4).length(), new Point(1, 1) instanceof Point, typeof Point, 'abc'.charCodeAt(1), 'x'.concat(1, null));\n"
    "var s = 0;\n"
    "for (var i = 0; i < 3000; i++) { s = (s * 31 + i % 7) | 0; }\n"
    "out.push(s);\n"
    "var big = [];\n"
    "for (i = 0; i < 500; i++) big.push({ n: i, t: 'v' + i });\n"
    "out.push(big.filter(function (o) { return o.n % 3 === 0; }).reduce(function (a, o) { return a + o.t.length; }, 0));\n"
    "out.join('\\n');\n";

int main(void)
{
    static char text[3000];
    driver_text(text, sizeof text);
    duk_context *context = duk_create_heap_default();
    CHECK(context);
    duk_push_lstring(context, text, sizeof text);
    duk_put_global_string(context, "TEXT");
    duk_eval_string(context, script);
    printf("%s\n", duk_get_string(context, -1));
    duk_destroy_heap(context);
    return 0;
}
