extern char __heap_base[];
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile char*h=__heap_base-300; for(int i=0;i<n;i++)h[300+i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=h[300+i]; return s; }
