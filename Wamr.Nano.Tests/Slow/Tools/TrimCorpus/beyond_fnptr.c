extern char __heap_base[];
static char* low(void){return __heap_base;} static char* high(void){return __heap_base+4096;}
static char*(*const f[2])(void)={low,high};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)f[n&1](); for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; return s; }
