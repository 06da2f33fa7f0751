static int arr[4] = { 1, 2, 3, 4 };
int sum(int n) { volatile int b[8]; for (int i = 0; i < 8; i++) b[i] = i; int s = 0; for (volatile int *p = arr; p != (int *)12288; p = p == arr ? (int *)8192 : p + 1) { s += *p; *p = n; } return s + b[2]; }
