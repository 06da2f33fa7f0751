// SPDX-License-Identifier: MIT
// For libraries that use setjmp only for errors, which drivers do not cause: WebAssembly without exceptions has none.
#ifndef DRIVER_SETJMP_H
#define DRIVER_SETJMP_H
#include <stdlib.h>

typedef int jmp_buf[1];
#define setjmp(buffer) ((void)(buffer), 0)
#define _setjmp(buffer) setjmp(buffer)
#define longjmp(buffer, value) ((void)(buffer), (void)(value), abort())
#define _longjmp(buffer, value) longjmp(buffer, value)

#endif
