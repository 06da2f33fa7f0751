// SPDX-License-Identifier: MIT
// What C compilers call of their own accord, whatever the machine: to copy or clear a few words. Left out when linking where nobody asks.
typedef __SIZE_TYPE__ size;

__attribute__((visibility("hidden"))) void *memset(void *to, int value, size count)
{
    for (unsigned char *p = to; count != 0; count--) *p++ = (unsigned char)value;
    return to;
}

__attribute__((visibility("hidden"))) void *memcpy(void *to, const void *from, size count)
{
    const unsigned char *q = from;
    for (unsigned char *p = to; count != 0; count--) *p++ = *q++;
    return to;
}
