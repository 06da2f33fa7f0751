extern char __heap_base[];
static char arr[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
__attribute__((noinline)) long distance(char *a, char *b) { volatile int keep[4]; keep[0] = b - a; return keep[0]; }
int sum(int n) { int d = distance(arr, __heap_base); volatile char *p = arr; for (int i = 0; i < n; i++) p[d + i] = i; int s = arr[n & 7]; for (int i = 0; i < n; i++) s += p[d + i]; return s; }
