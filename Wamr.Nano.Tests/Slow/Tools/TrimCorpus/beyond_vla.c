extern char __heap_base[];
int sum(int n){ volatile int b[n+1]; for(int i=0;i<n;i++)b[i]=i; volatile char*p=__heap_base; for(int i=0;i<n;i++)p[i]=b[i]; int s=0; for(int i=0;i<n;i++)s+=p[i]; return s; }
