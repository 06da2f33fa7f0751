extern char __heap_base[];
char *shared;
int sum(int n) { volatile int b[8]; for (int i = 0; i < 8; i++) b[i] = i; shared = __heap_base + n; *shared = n; return b[3] + *(volatile char *)(__heap_base + n); }
