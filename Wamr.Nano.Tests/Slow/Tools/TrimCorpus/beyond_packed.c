extern char __heap_base[];
struct __attribute__((packed)) { char t; char *p; } rec={1,__heap_base};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)rec.p; for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; rec.p+=4*n; return s; }
