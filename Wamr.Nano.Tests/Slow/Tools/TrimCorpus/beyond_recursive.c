extern char __heap_base[];
__attribute__((noinline)) int rec(volatile char*p,int n){ volatile int b[4]; b[n&3]=n; *p=n; if(n==0)return b[0]; return rec(p+7,n-1)+*p+b[n&3]; }
int sum(int n){ return rec((volatile char*)__heap_base,n); }
