__attribute__((import_module("console"), import_name("print"))) void print(const char *text, int length);
__attribute__((import_module("sensor"), import_name("read"))) int sensor(int channel);
int sum(int n) { char b[16]; for (int i = 0; i < n % 16; i++) b[i] = 'a' + (sensor(i) & 7); print(b, n % 16); print("done\n", 5); return n; }
