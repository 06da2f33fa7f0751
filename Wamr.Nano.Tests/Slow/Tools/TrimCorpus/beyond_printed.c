extern char __heap_base[];
__attribute__((import_module("console"), import_name("print"))) void print(const char *text, int length);
int sum(int n) { volatile char b[8]; for (int i = 0; i < 8; i++) b[i] = 'a' + i; print(__heap_base, n); print((char *)b, 8); return n; }
