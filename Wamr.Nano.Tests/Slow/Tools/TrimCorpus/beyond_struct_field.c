struct big { char pad[3000]; int a[300]; };
extern char __heap_base[];
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile struct big*p=(struct big*)(__heap_base-2000); for(int i=0;i<n;i++)p->a[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p->a[i]; return s; }
