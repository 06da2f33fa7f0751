extern char __data_end[];
static int v=5;
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)(__data_end+4096); for(int i=0;i<n;i++)p[i]=i; int s=b[3]+v; for(int i=0;i<n;i++)s+=p[i]; v++; return s; }
