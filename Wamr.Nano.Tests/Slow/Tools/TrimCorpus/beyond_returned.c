extern char __heap_base[];
void *where(void) { return __heap_base; }
int sum(int n) { volatile int b[8]; for (int i = 0; i < 8; i++) b[i] = i; volatile int *p = where(); for (int i = 0; i < n; i++) p[i] = i; return p[n / 2] + b[3]; }
