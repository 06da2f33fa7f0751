static int heap_start[1];
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=heap_start; for(int i=0;i<n;i++)p[i+2000]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i+2000]; return s; }
