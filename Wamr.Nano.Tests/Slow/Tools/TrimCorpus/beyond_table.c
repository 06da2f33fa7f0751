extern char __heap_base[];
static char *const table[4]={__heap_base,__heap_base+1000,__heap_base+2000,__heap_base+3000};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; int s=b[3]; for(int t=0;t<4;t++){ volatile int*p=(int*)table[(t+n)&3]; for(int i=0;i<n;i++)p[i]=i; for(int i=0;i<n;i++)s+=p[i]; } return s; }
