__attribute__((noinline)) int fib(int n){ volatile int keep[4]; keep[n&3]=n; return n<2?n:fib(n-1)+fib(n-2)+keep[n&3]-n; }
int sum(int n){ return fib(n%12); }
