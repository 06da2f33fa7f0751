extern char __heap_base[]; static char*next;
__attribute__((noinline)) void*alloc(int n){ if(!next)next=__heap_base; void*p=next; next+=(n+7)&~7; return p; }
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=alloc(4*n); for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; return s; }
