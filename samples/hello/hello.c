// SPDX-License-Identifier: MIT
// A WASI program as any toolchain makes it: printf, arguments, an environment variable, an exit code.
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    const char *name = getenv("NAME");
    printf("Hello, %s!\n", name ? name : "wasm");
    for (int i = 1; i < argc; i++) printf("argument %d: %s\n", i, argv[i]);
    return argc > 1 ? atoi(argv[1]) : 0;
}
